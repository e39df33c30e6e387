using System.Buffers;
using System.Text.Json;
using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>What a receiver gets when somebody tries it: marked as a test in every form.</summary>
/// <param name="TimeMs">Wall clock, ms since 1970 UTC.</param>
internal sealed record TestNotice(string Receiver, string Id, long TimeMs)
{
    public const string State = "test";

    private static readonly SortedDictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["summary"] = "TEST: this is no alert. Somebody tries whether this receiver can be reached.",
        ["summary_zh"] = "测试：这不是告警。有人正在检查该接收方能否收到通知。",
    };

    public static IReadOnlyDictionary<string, string> Annotations => Texts;

    public static RouteFacts Facts => new(Tier.None, Tier.None, State, "", "", "", "", new SortedDictionary<string, string>(), [], IsHeld: false);

    public byte[] ToJson()
    {
        var output = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(output, AlertJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("id", Id);
            json.WriteBoolean("test", true);
            json.WriteString("receiver", Receiver);
            json.WriteString("time", AlertJson.Time(TimeMs));
            json.WriteNumber("time_ms", TimeMs);
            json.WriteStartObject("annotations");
            foreach (var (key, text) in Texts)
            {
                json.WriteString(key, text);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }
}
