namespace Fengsui.Api.Metrics;

/// <summary>A gauge that is set: the last measurement stands.</summary>
internal sealed class LastSeries(string labels) : Series(labels)
{
    private double _value;
    private volatile bool _hasValue;

    public override bool HasValue => _hasValue;

    public override void Record(double value)
    {
        Volatile.Write(ref _value, value);
        _hasValue = true;
    }

    public override void Reset() => _hasValue = false;

    public override void WriteTo(TextWriter text, string name) => WriteSample(text, name, Labels, Number(Volatile.Read(ref _value)));
}
