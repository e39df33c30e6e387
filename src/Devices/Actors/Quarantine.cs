using Fengsui.Devices.Records;

namespace Fengsui.Devices.Actors;

/// <summary>Why the rules of one device are at rest, and when they are tried again (journal time, doubling back-off).</summary>
public sealed record Quarantine(string Reason, long SinceMs, long RetryAtMs, int Failures)
{
    public const long FirstBackOffMs = 1_000;
    public const long MaxBackOffMs = 300_000;

    public static Quarantine After(Quarantine? previous, string reason, long nowMs)
    {
        var failures = (previous?.Failures ?? 0) + 1;
        var backOff = Math.Min(MaxBackOffMs, FirstBackOffMs << Math.Min(failures - 1, 20));
        return new Quarantine(reason, previous?.SinceMs ?? nowMs, nowMs + backOff, failures);
    }

    internal static void Write(RecordWriter writer, Quarantine? quarantine)
    {
        writer.Int32(quarantine?.Failures ?? 0);
        if (quarantine is not null)
        {
            writer.String(quarantine.Reason);
            writer.Int64(quarantine.SinceMs);
            writer.Int64(quarantine.RetryAtMs);
        }
    }

    internal static Quarantine? Read(ref RecordReader reader)
    {
        var failures = reader.Int32();
        return failures == 0 ? null : new Quarantine(reader.String(), reader.Int64(), reader.Int64(), failures);
    }
}
