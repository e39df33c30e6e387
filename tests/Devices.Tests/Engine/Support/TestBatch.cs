using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Rules;

namespace Fengsui.Devices.Tests.Engine.Support;

/// <summary>Batches as they stand in the journal.</summary>
internal static class TestBatch
{
    public static byte[] Readings(int source, long receiveMs, params TestRow[] rows) =>
        Mixed(source, receiveMs, refused: 0, deadLetters: 0, rows);

    public static byte[] Mixed(int source, long receiveMs, int refused, int deadLetters, params TestRow[] rows)
    {
        var received = rows.Sum(row => row.Values.Length) + deadLetters + refused;
        var header = new byte[ReadingsBatch.HeaderBytes];
        ReadingsBatch.WriteHeader(header, source, receiveMs, received, refused);
        var letters = Enumerable.Range(0, deadLetters).SelectMany(i => DeadLetter($"telemetry/{i}", "{broken"));
        return [.. header, .. rows.SelectMany(row => row.Encode()), .. letters];
    }

    public static byte[] DeadLetter(string topic, string payload)
    {
        var entry = new byte[DeadLetterEntry.SizeBytes(topic.Length, payload.Length)];
        DeadLetterEntry.Write(entry, RejectReason.MalformedJson, Encoding.UTF8.GetBytes(topic), Encoding.UTF8.GetBytes(payload));
        return entry;
    }

    public static byte[] Tick(long timeMs)
    {
        var tick = new byte[TickRecord.SizeBytes];
        TickRecord.Write(tick, timeMs);
        return tick;
    }

    public static byte[] Mark(MarkPurpose purpose)
    {
        var mark = new byte[MarkRecord.SizeBytes];
        MarkRecord.Write(mark, purpose);
        return mark;
    }

    public static byte[] RuleSet(int version, string text, long timeMs = 0) =>
        new RuleSetRecord(version, "test", timeMs, [new RuleFile("rules.yaml", text)]).Encode();

    /// <summary>Everything that was declared since the last call.</summary>
    public static List<byte[]> Pending(DeviceRegistry registry, int maxBatchBytes = 1 << 20)
    {
        var batches = new List<byte[]>();
        registry.TryAppendPending(
            batch =>
            {
                batches.Add(batch.ToArray());
                return true;
            },
            maxBatchBytes);
        return batches;
    }
}
