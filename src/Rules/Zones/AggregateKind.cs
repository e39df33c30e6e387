namespace Fengsui.Rules.Zones;

/// <summary>How a zone joins what its members say.</summary>
internal enum AggregateKind
{
    /// <summary>Kleene's or over the members' truths.</summary>
    Any,

    /// <summary>Kleene's and over the members' truths.</summary>
    All,

    /// <summary>How many members' truths are true.</summary>
    Count,
    Minimum,
    Maximum,
    Average,
    Sum,
}
