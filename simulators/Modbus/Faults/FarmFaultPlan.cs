using System.Text.Json;

namespace Fengsui.Modbus.Faults;

/// <summary>Which fault a slave has at a moment: a pure function of seed, slave and time, so that the truth can be told after the run.</summary>
internal sealed class FarmFaultPlan(FarmOptions options)
{
    private const int ShareBits = 24;

    private readonly ulong _seed = Mixer.Mix(options.Seed ^ 0xFA17);
    private readonly long _every = (long)options.FaultEvery.TotalMilliseconds;
    private readonly long _length = (long)options.FaultLength.TotalMilliseconds;

    public FarmFaultSpan At(int slave, long ms)
    {
        if (KindOf(slave) is not (not FarmFault.None and var kind))
        {
            return default;
        }

        var span = Span(slave, kind, ms / _every);
        return ms >= span.FromMs && ms < span.ToMs ? span : default;
    }

    /// <summary>One JSON line a fault that began before <paramref name="endMs"/>: slave, kind, and when, in ms since 1970 UTC.</summary>
    public void WriteTruth(TextWriter truth, long startMs, long endMs)
    {
        for (var slave = 0; slave < options.Slaves; slave++)
        {
            for (long cycle = 0; KindOf(slave) is not FarmFault.None and var kind && cycle * _every < endMs; cycle++)
            {
                var span = Span(slave, kind, cycle);
                if (span.FromMs < endMs)
                {
                    truth.WriteLine(JsonSerializer.Serialize(new Truth(
                        options.Port == 0 ? slave / options.Units : options.Port + (slave / options.Units), (slave % options.Units) + 1,
                        FarmFaultNames.Of(kind), startMs + span.FromMs, startMs + Math.Min(span.ToMs, endMs)), TruthJson.Default.Truth));
                }
            }
        }
    }

    private FarmFault KindOf(int slave)
    {
        if (options.Faults.Count == 0)
        {
            return FarmFault.None;
        }

        var hash = Mixer.Mix(_seed ^ (ulong)slave);
        return (hash >> (64 - ShareBits)) < options.FaultShare * (1 << ShareBits) ? options.Faults[(int)((uint)hash % (uint)options.Faults.Count)] : FarmFault.None;
    }

    private FarmFaultSpan Span(int slave, FarmFault kind, long cycle)
    {
        var hash = Mixer.Mix(_seed ^ ((ulong)slave << 32) ^ (ulong)cycle);
        var from = (cycle * _every) + (long)(hash % (ulong)(_every - _length + 1));
        return new FarmFaultSpan(kind, from, from + _length);
    }
}
