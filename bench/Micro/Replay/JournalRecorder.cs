using System.Buffers.Binary;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Micro.Replay;

/// <summary>Writes a journal as a server would have under even load: 16 rows a batch, a tick a second.</summary>
internal sealed class JournalRecorder(string data)
{
    private const int Devices = 1_000;
    private const int RowsPerBatch = 16;
    private const int StepMs = 100;
    private const long StartMs = 1_700_000_000_000;

    private static readonly string[] MetricNames = ["temperature", "humidity", "co", "lel", "o2"];
    private static readonly string[] Types = ["gas-detector", "warehouse-sensor", "default", "confined-space-sensor"];

    private readonly DeviceRegistry _registry = new(new RegistryOptions());
    private readonly Random _random = new(7);
    private readonly double[] _co = new double[Devices];

    public async Task<long> RecordAsync(int seconds, RuleFile[] rules)
    {
        var options = new JournalOptions { Directory = Path.Combine(data, "journal"), Durability = Durability.Os, Preallocate = false };
        await using (var journal = Journal.Open(options, TimeProvider.System))
        {
            journal.Start([]);
            var intake = new DeclaredJournal(journal, _registry);
            var (ids, shape) = Declare(rules);
            await AppendAsync(intake, new RuleSetRecord(1, "bench", StartMs, rules).Encode());
            for (var step = 0; step < seconds * 1_000 / StepMs; step++)
            {
                for (var first = 0; first < Devices; first += RowsPerBatch)
                {
                    await AppendAsync(intake, Batch(ids.AsSpan(first, Math.Min(RowsPerBatch, Devices - first)), shape, StartMs + step * StepMs));
                }

                if (step % 10 == 9)
                {
                    var tick = new byte[TickRecord.SizeBytes];
                    TickRecord.Write(tick, StartMs + step * StepMs);
                    await AppendAsync(intake, tick);
                }
            }
        }

        return Directory.GetFiles(options.Directory, "*.seg").Sum(path => new FileInfo(path).Length);
    }

    private (int[] Ids, Shape Shape) Declare(RuleFile[] rules)
    {
        foreach (var metric in MetricNames.Concat(RuleSet.Parse(rules).RuleSet!.Rules.SelectMany(rule => rule.Metrics)))
        {
            _registry.TryMetric(metric, out _);
        }

        var ids = Enumerable.Range(0, Devices)
            .Select(i => _registry.Declare($"device-{i}", new DeviceFacts(Types[i % Types.Length], $"zone-{i / 20}", []))!.Id)
            .ToArray();
        var metrics = MetricNames.Select(name => _registry.TryMetric(name, out var id) ? id : throw new InvalidOperationException()).ToArray();
        return (ids, _registry.Shape(metrics)!);
    }

    private byte[] Batch(ReadOnlySpan<int> devices, Shape shape, long timeMs)
    {
        var size = RowEntry.SizeBytes(shape.Count, qualities: false);
        var batch = new byte[ReadingsBatch.HeaderBytes + devices.Length * size];
        ReadingsBatch.WriteHeader(batch, SourceTable.Other, timeMs, devices.Length * shape.Count, 0);
        for (var i = 0; i < devices.Length; i++)
        {
            var entry = batch.AsSpan(ReadingsBatch.HeaderBytes + i * size, size);
            RowEntry.WriteHeader(entry, RowFlags.None, devices[i], shape.Id, 0, timeMs);
            ref var co = ref _co[devices[i]];
            co = Math.Clamp(co + _random.NextDouble() - 0.5, 0, 40);
            ReadOnlySpan<double> values = [22 + _random.NextDouble(), 45, co, 3, 20.9];
            for (var value = 0; value < values.Length; value++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(entry[(RowEntry.HeaderBytes + value * sizeof(double))..], values[value]);
            }
        }

        return batch;
    }

    private static async Task AppendAsync(DeclaredJournal journal, byte[] batch)
    {
        while (!journal.TryAppend(batch, null, out _))
        {
            await journal.WaitForRoomAsync(CancellationToken.None);
        }
    }
}
