using Fengsui.Rules.Parsing;

namespace Fengsui.Devices.RuleSets;

/// <summary>A YAML text that is edited by line and column, as its nodes name their places.</summary>
internal sealed class YamlLines
{
    private readonly List<string> _lines;

    public YamlLines(string text) => _lines = [.. text.Split('\n')];

    public override string ToString() => string.Join('\n', _lines);

    /// <summary>Writes other characters in place of <paramref name="length"/> at a place.</summary>
    public void Replace(SourceSpot at, int length, string text)
    {
        var (line, column) = (at.Line - 1, at.Column - 1);
        _lines[line] = _lines[line][..column] + text + _lines[line][(column + length)..];
    }

    /// <summary>Adds an entry beside the one whose key is at <paramref name="key"/>: on a line of its own, or before it inside braces.</summary>
    public void InsertEntry(SourceSpot key, string entry)
    {
        var (line, column) = (key.Line - 1, key.Column - 1);
        var before = _lines[line][..column];
        if (before.AsSpan().IndexOfAny('{', ',') >= 0)
        {
            _lines[line] = $"{before}{entry}, {_lines[line][column..]}";
            return;
        }

        // The lines of a value that goes on beneath its key are indented further, or empty.
        var next = line + 1;
        while (next < _lines.Count && IsWithin(_lines[next], column))
        {
            next++;
        }

        var end = _lines[line].EndsWith('\r') ? "\r" : "";
        _lines.Insert(next, new string(' ', column) + entry + end);
    }

    /// <summary>Takes out an entry: its whole line when it has one to itself, else with the comma that parts it from its neighbour.</summary>
    public void RemoveEntry(SourceSpot key, SourceSpot value, int valueLength)
    {
        var (line, column) = (key.Line - 1, key.Column - 1);
        var text = _lines[line];
        var (before, after) = (text[..column], value.Line == key.Line ? text[(value.Column - 1 + valueLength)..] : "");
        if (string.IsNullOrWhiteSpace(before) && (after.TrimStart().Length == 0 || after.TrimStart()[0] == '#'))
        {
            _lines.RemoveRange(line, value.Line - key.Line + 1);
        }
        else if (after.TrimStart().StartsWith(','))
        {
            _lines[line] = before + after.TrimStart()[1..].TrimStart();
        }
        else if (before.TrimEnd().EndsWith(','))
        {
            _lines[line] = before.TrimEnd()[..^1] + after;
        }
        else if (before.TrimStart() == "- " && line + 1 < _lines.Count)
        {
            // The first entry of a list item: the next one moves up behind the dash.
            _lines[line + 1] = before + _lines[line + 1].TrimStart();
            _lines.RemoveAt(line);
        }
    }

    private static bool IsWithin(string line, int column)
    {
        var indent = line.Length - line.TrimStart().Length;
        return line.Trim().Length > 0 && indent > column;
    }
}
