namespace Fengsui.Rules.Zones;

/// <summary>What some members of a zone say together to one aggregate: a node of the tree over all of them.</summary>
internal struct ZoneNode
{
    public int Members;
    public int Known;

    /// <summary>Of the known, those that are not 0.</summary>
    public int True;
    public double Sum;
    public double Minimum;
    public double Maximum;

    /// <summary>Journal time of the oldest known contribution.</summary>
    public long OldestMs;

    public static ZoneNode Empty => new() { Minimum = double.PositiveInfinity, Maximum = double.NegativeInfinity, OldestMs = long.MaxValue };

    /// <summary>One member.</summary>
    /// <param name="value">NaN when unknown.</param>
    public static ZoneNode Of(double value, long timeMs) => double.IsNaN(value)
        ? Empty with { Members = 1 }
        : new ZoneNode { Members = 1, Known = 1, True = value != 0 ? 1 : 0, Sum = value, Minimum = value, Maximum = value, OldestMs = timeMs };

    public static ZoneNode Join(in ZoneNode left, in ZoneNode right) => new()
    {
        Members = left.Members + right.Members,
        Known = left.Known + right.Known,
        True = left.True + right.True,
        Sum = left.Sum + right.Sum,
        Minimum = Math.Min(left.Minimum, right.Minimum),
        Maximum = Math.Max(left.Maximum, right.Maximum),
        OldestMs = Math.Min(left.OldestMs, right.OldestMs),
    };

    /// <summary>NaN when unknown.</summary>
    public readonly double Value(AggregateKind kind) => kind switch
    {
        _ when Known == 0 => double.NaN,
        AggregateKind.Any => True > 0 ? 1 : Known < Members ? double.NaN : 0,
        AggregateKind.All => True < Known ? 0 : Known < Members ? double.NaN : 1,
        AggregateKind.Count => True,
        AggregateKind.Minimum => Minimum,
        AggregateKind.Maximum => Maximum,
        AggregateKind.Average => Sum / Known,
        _ => Sum,
    };
}
