namespace Fengsui.Api.Commands.Rules;

/// <summary>Columns that line up, for a terminal and for a file alike. The last column is as long as it likes.</summary>
internal sealed class TextTable(params string[] heads)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Write(TextWriter output)
    {
        var widths = heads.Select((head, column) => _rows.Select(row => TextWidth.Of(row[column])).Append(TextWidth.Of(head)).Max()).ToArray();
        foreach (var row in _rows.Prepend(heads))
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell + new string(' ', widths[column] - TextWidth.Of(cell)))).TrimEnd());
        }
    }
}
