using Fengsui.Rules.Parsing;

namespace Fengsui.Rules.Library.Segregation;

/// <summary>Which classes of dangerous goods must be kept apart, and how far: one edition of a table, as data. Symmetric.</summary>
/// <param name="places">The row and column of each class; classes that the table takes together have one.</param>
/// <param name="cells">By row and column.</param>
internal sealed class SegregationTable(
    string edition, string? certainty, SourceSpot spot, IReadOnlyDictionary<string, int> places, SegregationRequirement[][] cells)
{
    /// <summary>Which table, in which edition.</summary>
    public string Edition { get; } = edition;

    /// <summary>How sure the figures are; null when nobody said.</summary>
    public string? Certainty { get; } = certainty;

    public SourceSpot Spot { get; } = spot;

    public IEnumerable<string> Classes => places.OrderBy(place => place.Value).ThenBy(place => place.Key, StringComparer.Ordinal).Select(place => place.Key);

    /// <summary>Null when the table does not know one of the classes.</summary>
    public SegregationRequirement? Find(string classA, string classB) =>
        places.TryGetValue(classA, out var row) && places.TryGetValue(classB, out var column) ? cells[row][column] : null;
}
