using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fengsui.Devices.Audit;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Alerts.Noise;

namespace Fengsui.Devices.Alerts.Storage;

/// <summary>Reads the lines of an <see cref="AlertMemoryFile"/>.</summary>
internal sealed class AlertMemoryReader
{
    /// <summary>What is computed from other properties is left out; enumerations by name, so that their numbers may change.</summary>
    public static readonly JsonSerializerOptions Form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly List<AlertStatus> _known = [];
    private readonly List<string> _closed = [];
    private readonly List<GroupImage> _groups = [];
    private readonly List<FloodImage> _floods = [];
    private readonly List<ExplainedImage> _explained = [];
    private readonly List<string> _orphans = [];
    private readonly List<AlertEvent> _commands = [];
    private readonly List<AlertImage> _alerts = [];
    private readonly List<AlertImage> _shadow = [];
    private List<AlertTransition> _transitions = [];
    private List<AlertEvent> _events = [];
    private AlertMemoryHead? _head;
    private bool _isWhole;

    /// <summary>Null when it is not whole, or of another version.</summary>
    /// <exception cref="JsonException">A line has another form, as have the other exceptions of parsing.</exception>
    public AlertMemory? Read(AuditLineReader lines, int version)
    {
        var chain = new byte[AlertLogEntry.ChainBytes];
        for (var count = 0L; lines.TryRead(out var line); count++)
        {
            if (_isWhole || !AlertLogEntry.TryVerify(line, chain, out var json, out _))
            {
                return null;
            }

            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            var property = document.RootElement.EnumerateObject().Single();
            Take(property.Name, property.Value, count);
            if (_head is null || _head.Version != version)
            {
                return null;
            }
        }

        return _isWhole ? Memory(_head!) : null;
    }

    private AlertMemory Memory(AlertMemoryHead head) => new(
        new AlertLogResume(head.Count, head.LastPosition, Convert.FromHexString(head.Chain)),
        new DeskImage(new BoardImage(head.Alerts, _known, _closed, new NoiseImage(_groups, _floods, _explained, _orphans)), _commands),
        _alerts,
        _shadow);

    private void Take(string name, JsonElement value, long count)
    {
        switch (name)
        {
            case "memory": _head = Of<AlertMemoryHead>(value); break;
            case "status": _known.Add(Of<AlertStatus>(value)); break;
            case "closed": _closed.Add(Of<string>(value)); break;
            case "group": _groups.Add(Of<GroupImage>(value)); break;
            case "flood": _floods.Add(Of<FloodImage>(value)); break;
            case "explained": _explained.Add(Of<ExplainedImage>(value)); break;
            case "orphan": _orphans.Add(Of<string>(value)); break;
            case "command": _commands.Add((AlertEvent)AlertJson.Read(value)); break;
            case "alert": Begin(_alerts, value); break;
            case "shadow": Begin(_shadow, value); break;
            case "entry": Add(AlertJson.Read(value)); break;
            case "end": _isWhole = value.GetInt64() == count; break;
            default: throw new FormatException($"nothing is named '{name}'");
        }
    }

    /// <summary>Its entries come in the lines that follow.</summary>
    private void Begin(List<AlertImage> alerts, JsonElement status)
    {
        (_transitions, _events) = ([], []);
        alerts.Add(new AlertImage(_transitions, _events, status.Deserialize<AlertStatus>(Form)));
    }

    private void Add(AlertEntry entry)
    {
        if (entry is AlertTransition transition)
        {
            _transitions.Add(transition);
        }
        else
        {
            _events.Add((AlertEvent)entry);
        }
    }

    private static T Of<T>(JsonElement value) => value.Deserialize<T>(Form) ?? throw new FormatException("a value is missing");
}
