namespace Fengsui.Rules.Library.Routes;

/// <summary>One route of a rule set, as it was filed.</summary>
/// <param name="Id">By which rules name it; unique in the rule set.</param>
/// <param name="File">The file that holds it, by its path among the rule set's files.</param>
/// <param name="Index">Which feature of the file it is, from 0.</param>
/// <param name="IsPolygon">Ground; otherwise a corridor along lines.</param>
/// <param name="WidthMetres">Of a corridor, edge to edge; 0 when it has none, and for ground.</param>
/// <param name="ValidFromMs">Unix ms, inclusive; null when it was always open.</param>
/// <param name="ValidToMs">Unix ms, exclusive; null when it stays open.</param>
public sealed record RouteFacts(string Id, string File, int Line, int Index, bool IsPolygon, double WidthMetres, long? ValidFromMs, long? ValidToMs)
{
    /// <summary>Whether the approved time window is open.</summary>
    public bool IsOpenAt(long timeMs) => timeMs >= (ValidFromMs ?? long.MinValue) && timeMs < (ValidToMs ?? long.MaxValue);
}
