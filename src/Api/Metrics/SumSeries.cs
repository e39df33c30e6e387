namespace Fengsui.Api.Metrics;

/// <summary>A counter, an up-down counter, or an observed value: measurements add up.</summary>
internal sealed class SumSeries(string labels) : Series(labels)
{
    private double _value;
    private volatile bool _hasValue;

    public override bool HasValue => _hasValue;

    public override void Record(double value)
    {
        var seen = Volatile.Read(ref _value);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref _value, seen + value, seen);
            if (before.Equals(seen))
            {
                break;
            }

            seen = before;
        }

        _hasValue = true;
    }

    public override void Reset()
    {
        Volatile.Write(ref _value, 0);
        _hasValue = false;
    }

    public override void WriteTo(TextWriter text, string name) => WriteSample(text, name, Labels, Number(Volatile.Read(ref _value)));
}
