namespace Fengsui.Devices.RuleSets;

/// <summary>A unified diff of two texts, as <c>diff -u</c> writes it, by the longest common subsequence of their lines.</summary>
public static class TextDiff
{
    /// <summary>Unchanged lines shown around a change.</summary>
    private const int Context = 3;

    /// <summary>Bound on the table of the comparison, in cells. Beyond it the changed middle is shown as removed and added whole.</summary>
    private const long MaxCells = 16_000_000;

    /// <summary>Lines of the diff; empty when the texts are equal. An absent file is an empty text.</summary>
    public static IReadOnlyList<string> Unified(string path, string before, string after)
    {
        if (before == after)
        {
            return [];
        }

        var lines = Compare(Lines(before), Lines(after));
        return [$"--- {(before.Length == 0 ? "/dev/null" : path)}", $"+++ {(after.Length == 0 ? "/dev/null" : path)}", .. Hunks(lines)];
    }

    private static string[] Lines(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    private static List<(char Mark, string Text)> Compare(string[] before, string[] after)
    {
        var head = 0;
        while (head < before.Length && head < after.Length && before[head] == after[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < before.Length - head && tail < after.Length - head && before[^(tail + 1)] == after[^(tail + 1)])
        {
            tail++;
        }

        var lines = before[..head].Select(line => (' ', line)).ToList();
        lines.AddRange(Middle(before[head..^tail], after[head..^tail]));
        lines.AddRange(before[^tail..].Select(line => (' ', line)));
        return lines;
    }

    private static IEnumerable<(char Mark, string Text)> Middle(string[] before, string[] after)
    {
        if ((long)(before.Length + 1) * (after.Length + 1) > MaxCells)
        {
            return before.Select(line => ('-', line)).Concat(after.Select(line => ('+', line)));
        }

        var common = CommonLengths(before, after);
        var lines = new List<(char, string)>();
        var (i, j) = (0, 0);
        while (i < before.Length || j < after.Length)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                lines.Add((' ', before[i++]));
                j++;
            }
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(('-', before[i++]));
            }
            else
            {
                lines.Add(('+', after[j++]));
            }
        }

        return lines;
    }

    private static int[,] CommonLengths(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static IEnumerable<string> Hunks(List<(char Mark, string Text)> lines)
    {
        var (old, fresh) = (1, 1);
        for (var i = 0; i < lines.Count;)
        {
            var first = lines.FindIndex(i, line => line.Mark != ' ');
            if (first < 0)
            {
                yield break;
            }

            var start = Math.Max(i, first - Context);
            (old, fresh) = (old + start - i, fresh + start - i);
            var end = EndOf(lines, first);
            var hunk = lines[start..end];
            var (removed, added) = (hunk.Count(line => line.Mark != '+'), hunk.Count(line => line.Mark != '-'));
            yield return $"@@ -{(removed == 0 ? old - 1 : old)},{removed} +{(added == 0 ? fresh - 1 : fresh)},{added} @@";
            foreach (var (mark, text) in hunk)
            {
                yield return mark + text;
            }

            (old, fresh) = (old + removed, fresh + added);
            i = end;
        }
    }

    /// <summary>Behind the last change that is no further than two contexts from the one before it, and its context.</summary>
    private static int EndOf(List<(char Mark, string Text)> lines, int first)
    {
        var last = first;
        for (var i = first; i < lines.Count && i - last <= 2 * Context; i++)
        {
            last = lines[i].Mark == ' ' ? last : i;
        }

        return Math.Min(lines.Count, last + 1 + Context);
    }
}
