using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Api.Delivery.Webhooks;

/// <summary>CloudEvents 1.0 of entries of the alert log, in the three forms of the HTTP binding.</summary>
internal static class CloudEvents
{
    public const string Source = "/fengsui/alerts";
    public const string TypePrefix = "io.fengsui.alert.";

    public static ByteArrayContent Structured(Notice notice)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(output, AlertJson.WriterOptions))
        {
            Write(json, notice);
        }

        return Content(output.WrittenSpan.ToArray(), "application/cloudevents+json; charset=utf-8");
    }

    public static ByteArrayContent Batch(IReadOnlyList<Notice> notices)
    {
        var output = new ArrayBufferWriter<byte>(1024 * notices.Count);
        using (var json = new Utf8JsonWriter(output, AlertJson.WriterOptions))
        {
            json.WriteStartArray();
            foreach (var notice in notices)
            {
                Write(json, notice);
            }

            json.WriteEndArray();
        }

        return Content(output.WrittenSpan.ToArray(), "application/cloudevents-batch+json; charset=utf-8");
    }

    public static ByteArrayContent Binary(Notice notice)
    {
        var content = Content(notice.Json.ToArray(), "application/json");
        content.Headers.Add("ce-specversion", "1.0");
        foreach (var (name, value) in Attributes(notice))
        {
            content.Headers.Add("ce-" + name, HeaderText(value));
        }

        return content;
    }

    private static void Write(Utf8JsonWriter json, Notice notice)
    {
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        foreach (var (name, value) in Attributes(notice))
        {
            json.WriteString(name, value);
        }

        json.WriteString("datacontenttype", "application/json");
        json.WritePropertyName("data");
        json.WriteRawValue(notice.Json.Span, skipInputValidation: true);
        json.WriteEndObject();
    }

    /// <summary>An attribute must not be empty; a test is about no alert and has fewer.</summary>
    private static IEnumerable<(string Name, string Value)> Attributes(Notice notice)
    {
        yield return ("id", notice.Id);
        yield return ("source", Source);
        yield return ("type", TypePrefix + notice.Facts.State);
        yield return ("time", AlertJson.Time(notice.TimeMs));
        if (notice.Subject.Length > 0)
        {
            yield return ("subject", notice.Subject);
        }

        if (notice.IsTest)
        {
            yield break;
        }

        yield return ("alert", notice.AlertId);
        yield return ("lognumber", notice.Number.ToString(CultureInfo.InvariantCulture));
        if (notice.Entry is { ToldTier: var tier })
        {
            yield return ("tier", Rules.Model.TierNames.Name(tier));
        }
    }

    /// <summary>Percent-encoding of section 3.1.3.2: what is not printable ASCII, the space, the quote and the percent sign.</summary>
    private static string HeaderText(string value)
    {
        var text = new StringBuilder();
        foreach (var unit in Encoding.UTF8.GetBytes(value))
        {
            _ = unit is > 0x20 and < 0x7f and not (byte)'"' and not (byte)'%'
                ? text.Append((char)unit)
                : text.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
        }

        return text.ToString();
    }

    private static ByteArrayContent Content(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
