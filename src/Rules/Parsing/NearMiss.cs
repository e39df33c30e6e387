namespace Fengsui.Rules.Parsing;

/// <summary>Finds what the writer most likely meant, by edit distance (insert, delete, replace, swap neighbours).</summary>
public static class NearMiss
{
    /// <summary>Longer words are not compared: the table is quadratic.</summary>
    private const int MaxLength = 64;

    /// <summary>The closest candidate within a third of the word's length (at least one edit), or null.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        var limit = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = Distance(word, candidate);
            if (distance < limit && distance < candidate.Length)
            {
                best = candidate;
                limit = distance;
            }
        }

        return best;
    }

    /// <summary>"; did you mean 'x'?" or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> candidates) =>
        Of(word, candidates) is { } near ? $"; did you mean '{near}'?" : "";

    private static int Distance(string left, string right)
    {
        if (left.Length > MaxLength || right.Length > MaxLength)
        {
            return int.MaxValue;
        }

        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Step(table, left, right, i, j);
            }
        }

        return table[left.Length, right.Length];
    }

    private static int Step(int[,] table, string left, string right, int i, int j)
    {
        var same = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]);
        var cost = Math.Min(
            table[i - 1, j - 1] + (same ? 0 : 1),
            Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        return swapped ? Math.Min(cost, table[i - 2, j - 2] + 1) : cost;
    }
}
