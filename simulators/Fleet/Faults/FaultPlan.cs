namespace Fengsui.Fleet.Faults;

/// <summary>
/// Which fault a device has at a sample: a pure function of seed, device and sample, so that a message can be rendered
/// again for a re-send and the truth can be told after the run without having been recorded.
/// </summary>
internal sealed class FaultPlan
{
    private readonly FaultKind[] _drawn;
    private readonly Dictionary<int, List<ScriptedSpan>> _scripted = [];
    private readonly ulong _seed;
    private readonly int _cycle;
    private readonly int _shortest;
    private readonly int _longest;

    public FaultPlan(FaultOptions options, int devices, double rateHz, ulong seed)
    {
        _seed = Mixer.Mix(seed ^ 0xFA17);
        _cycle = Math.Max(2, (int)(options.Cycle.TotalSeconds * rateHz));
        _shortest = Math.Clamp((int)(options.MinLength.TotalSeconds * rateHz), 1, _cycle);
        _longest = Math.Clamp((int)(options.MaxLength.TotalSeconds * rateHz), _shortest, _cycle);
        _drawn = Draw(options, devices);
        foreach (var fault in options.Script)
        {
            Add(fault, rateHz);
        }

        HasAny = _scripted.Count > 0 || Array.Exists(_drawn, kind => kind != FaultKind.None);
    }

    public bool HasAny { get; }

    public FaultSpan At(int device, int sample)
    {
        if (_drawn[device] != FaultKind.None)
        {
            var span = DrawnSpan(device, sample / _cycle);
            return sample >= span.From && sample < span.To ? span : FaultSpan.None;
        }

        return _scripted.Count > 0 && _scripted.TryGetValue(device, out var spans) ? ScriptedAt(spans, sample) : FaultSpan.None;
    }

    /// <summary>The faults of a device that began before <paramref name="samples"/>, clipped to it, in order of time.</summary>
    public IEnumerable<FaultSpan> Spans(int device, int samples)
    {
        var sample = 0;
        while (sample < samples)
        {
            var span = At(device, sample);
            if (span.Kind != FaultKind.None)
            {
                yield return span with { To = Math.Min(span.To, samples) };
                sample = span.To;
                continue;
            }

            sample = NextStart(device, sample);
        }
    }

    private static FaultSpan ScriptedAt(List<ScriptedSpan> spans, int sample)
    {
        foreach (var span in spans)
        {
            var shift = span.Repeat > 0 && sample >= span.From ? (sample - span.From) / span.Repeat * span.Repeat : 0;
            if (sample >= span.From + shift && sample < span.To + shift)
            {
                return new FaultSpan(span.Kind, span.From + shift, span.To + shift, (uint)Mixer.Mix((ulong)(span.From + shift)));
            }
        }

        return FaultSpan.None;
    }

    private int NextStart(int device, int sample)
    {
        if (_drawn[device] != FaultKind.None)
        {
            var cycle = sample / _cycle;
            var span = DrawnSpan(device, cycle);
            return span.From > sample ? span.From : (cycle + 1) * _cycle;
        }

        if (!_scripted.TryGetValue(device, out var spans))
        {
            return int.MaxValue;
        }

        return spans.Min(span => span.From > sample ? span.From
            : span.Repeat == 0 ? int.MaxValue
            : span.From + (((sample - span.From) / span.Repeat) + 1) * span.Repeat);
    }

    private FaultKind[] Draw(FaultOptions options, int devices)
    {
        var drawn = new FaultKind[devices];
        if (options.Kinds.Count == 0)
        {
            return drawn;
        }

        for (var device = 0; device < devices; device++)
        {
            var hash = Mixer.Mix(_seed ^ (ulong)device);
            var faulty = (hash >> 40) < options.Share * (1 << 24);
            drawn[device] = faulty ? options.Kinds[(int)((uint)hash % (uint)options.Kinds.Count)] : FaultKind.None;
        }

        foreach (var fault in options.Script)
        {
            drawn[fault.Device] = FaultKind.None;
        }

        return drawn;
    }

    private void Add(ScriptedFault fault, double rateHz)
    {
        var from = (int)(fault.FromSeconds * rateHz);
        var to = Math.Max(from + 1, (int)(fault.ToSeconds * rateHz));
        var repeat = fault.RepeatSeconds > 0 ? Math.Max(to - from, (int)(fault.RepeatSeconds * rateHz)) : 0;
        if (!_scripted.TryGetValue(fault.Device, out var spans))
        {
            _scripted[fault.Device] = spans = [];
        }

        spans.Add(new ScriptedSpan(fault.Kind, from, to, repeat));
    }

    private FaultSpan DrawnSpan(int device, int cycle)
    {
        var hash = Mixer.Mix(_seed ^ ((ulong)device << 32) ^ (ulong)(uint)cycle);
        var length = _shortest + (int)((uint)hash % (uint)(_longest - _shortest + 1));
        var from = (cycle * _cycle) + (int)((uint)(hash >> 32) % (uint)(_cycle - length + 1));
        return new FaultSpan(_drawn[device], from, from + length, (uint)Mixer.Mix(hash));
    }

    private readonly record struct ScriptedSpan(FaultKind Kind, int From, int To, int Repeat);
}
