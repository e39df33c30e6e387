namespace Fengsui.Rules.Testing;

/// <summary>One step of a series.</summary>
/// <param name="Value">As a row carries it: a position is packed. NaN unless there is a value.</param>
public readonly record struct TestSample(TestSampleKind Kind, double Value)
{
    public static TestSample None { get; } = new(TestSampleKind.None, double.NaN);

    public static TestSample Bad { get; } = new(TestSampleKind.Bad, double.NaN);
}
