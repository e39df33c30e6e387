namespace Fengsui.Devices.History.InfluxDb.Configuration;

/// <summary>How duties are written.</summary>
/// <param name="Measurement">Name of the measurement.</param>
/// <param name="Steps">Which steps are written.</param>
/// <param name="Tags">Further tags: labels and constants. Those that tell one duty from another are always there.</param>
public sealed record DutyLines(string Measurement, IReadOnlyList<DutyStep> Steps, IReadOnlyList<TagRule> Tags)
{
    public const string DefaultMeasurement = "duties";

    /// <summary>Keys that a further tag cannot have.</summary>
    public static IReadOnlyList<string> OwnKeys { get; } =
    [
        "device", "ladder", "rule", "step", "tier", "zone",
        "active", "actor", "alert_id", "audience", "capacity", "due_ms", "enterprise", "level", "note", "version",
        "time", "_field", "_measurement",
    ];

    public static DutyLines Everything { get; } = new(DefaultMeasurement, Enum.GetValues<DutyStep>(), []);
}
