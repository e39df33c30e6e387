namespace Fengsui.Rules.Testing;

/// <summary>Aligns what was expected with what happened: the longest common sequence stays, the rest is missing or too much.</summary>
internal static class SequenceDiff
{
    /// <summary>Sequences longer than this together are compared step by step: the table is quadratic.</summary>
    private const long MaxCells = 4_000_000;

    /// <summary>Empty when both are equal.</summary>
    public static IReadOnlyList<DiffLine> Of<T>(
        IReadOnlyList<T> expected, IReadOnlyList<T> got, Func<T, T, bool> areEqual, Func<T, string> text)
    {
        var lines = new List<DiffLine>();
        var head = 0;
        while (head < expected.Count && head < got.Count && areEqual(expected[head], got[head]))
        {
            lines.Add(new DiffLine(DiffSide.Both, text(got[head++])));
        }

        if (head == expected.Count && head == got.Count)
        {
            return [];
        }

        var lengths = Lengths(expected, got, head, areEqual);
        var (i, j) = (head, head);
        while (i < expected.Count || j < got.Count)
        {
            if (i < expected.Count && j < got.Count && areEqual(expected[i], got[j]))
            {
                lines.Add(new DiffLine(DiffSide.Both, text(got[j++])));
                i++;
            }
            else if (j == got.Count || (i < expected.Count && Length(lengths, i + 1 - head, j - head) >= Length(lengths, i - head, j + 1 - head)))
            {
                lines.Add(new DiffLine(DiffSide.Expected, text(expected[i++])));
            }
            else
            {
                lines.Add(new DiffLine(DiffSide.Got, text(got[j++])));
            }
        }

        return lines;
    }

    private static int Length(int[,]? lengths, int i, int j) => lengths is null ? 0 : lengths[i, j];

    /// <summary>Of the longest common sequence of both rests; null when there would be too many.</summary>
    private static int[,]? Lengths<T>(IReadOnlyList<T> expected, IReadOnlyList<T> got, int from, Func<T, T, bool> areEqual)
    {
        var (rows, columns) = (expected.Count - from, got.Count - from);
        if ((long)(rows + 1) * (columns + 1) > MaxCells)
        {
            return null;
        }

        var lengths = new int[rows + 1, columns + 1];
        for (var i = rows - 1; i >= 0; i--)
        {
            for (var j = columns - 1; j >= 0; j--)
            {
                lengths[i, j] = areEqual(expected[from + i], got[from + j])
                    ? lengths[i + 1, j + 1] + 1
                    : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }
}
