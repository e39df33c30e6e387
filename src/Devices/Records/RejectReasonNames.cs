namespace Fengsui.Devices.Records;

/// <summary>The names under which reasons appear in metrics, dead letters and the API.</summary>
public static class RejectReasonNames
{
    private static readonly string[] Names =
    [
        "none", "malformed-json", "not-an-object", "empty-message", "unsupported-value", "too-many-readings",
        "nested-too-deeply", "name-too-long", "event-time-invalid", "event-time-too-old", "event-time-too-far-ahead",
        "position-out-of-range", "too-many-metrics", "too-many-devices", "device-not-allowed", "device-name-invalid",
        "payload-too-large", "malformed-frame", "checksum-mismatch", "frame-too-large", "unknown-message", "replayed", "not-decrypted",
        "not-authenticated", "not-mapped",
    ];

    public static int Count => Names.Length;

    public static string Name(this RejectReason reason) =>
        (int)reason < Names.Length ? Names[(int)reason] : $"reason-{(int)reason}";
}
