using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.Segregation;

/// <summary>The matrix of a segregation table from its rows of signs.</summary>
internal static class SegregationCells
{
    private const string Signs = "01234X*";

    /// <summary>Null, with diagnostics, when a row is wrong or two cells that mean the same differ.</summary>
    public static SegregationRequirement[][]? Read(YamlMap map, List<string[]> groups, IReadOnlyList<string> rows)
    {
        var places = ((YamlSequence)map.Node("cells")!).Items;
        var cells = new SegregationRequirement[rows.Count][];
        var isWhole = true;
        for (var row = 0; row < rows.Count; row++)
        {
            var spot = row < places.Count ? places[row].Spot : map.SpotOf("cells");
            isWhole &= TryReadRow(rows[row], string.Join('/', groups[row]), groups.Count, spot, map.Diagnostics, out cells[row]);
        }

        return isWhole && IsSymmetric(map, groups, cells) ? cells : null;
    }

    private static bool TryReadRow(string text, string name, int count, SourceSpot spot, DiagnosticBag diagnostics, out SegregationRequirement[] row)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        row = new SegregationRequirement[count];
        if (words.Length != count)
        {
            diagnostics.Error(spot, DiagnosticCodes.Segregation, $"the row of {name} has {words.Length} cells for {count} classes", "one cell for each class, with spaces between");
            return false;
        }

        for (var column = 0; column < count; column++)
        {
            var sign = words[column].Length == 1 ? Signs.IndexOf(words[column][0], StringComparison.Ordinal) : -1;
            if (sign < 0)
            {
                diagnostics.Error(spot, DiagnosticCodes.Segregation, $"cell {column + 1} of the row of {name} is '{words[column]}'", "0, 1, 2, 3, 4, X or *");
                return false;
            }

            row[column] = (SegregationRequirement)sign;
        }

        return true;
    }

    private static bool IsSymmetric(YamlMap map, List<string[]> groups, SegregationRequirement[][] cells)
    {
        var isSymmetric = true;
        for (var row = 0; row < cells.Length; row++)
        {
            for (var column = 0; column < row; column++)
            {
                if (cells[row][column] != cells[column][row])
                {
                    var (one, other) = (string.Join('/', groups[row]), string.Join('/', groups[column]));
                    map.Diagnostics.Error(
                        ((YamlSequence)map.Node("cells")!).Items[row].Spot,
                        DiagnosticCodes.Segregation,
                        $"{one} to {other} is '{Signs[(int)cells[row][column]]}', but {other} to {one} is '{Signs[(int)cells[column][row]]}'",
                        "the same both ways");
                    isSymmetric = false;
                }
            }
        }

        return isSymmetric;
    }
}
