using System.Globalization;
using System.Text;

namespace Fengsui.Bench.Compression;

/// <summary>
/// A file of <c>tools/series</c>: comment lines (the first says what it is), a line <c>offset_ms,name,…</c>, then rows of milliseconds since
/// the first row and values as they were published; an empty value is not sent. Rows of the same tenth of a second leave in one message,
/// as fast instruments send them.
/// </summary>
internal sealed class SeriesFile
{
    private const int MessageMs = 100;

    private readonly List<Arrival> _messages = [];
    private readonly List<(long AtMs, string Row)> _open = [];
    private readonly byte[] _topic;

    /// <exception cref="InvalidDataException">The file is not of this form.</exception>
    public SeriesFile(string path, long startMs)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        _topic = Encoding.UTF8.GetBytes("telemetry/" + Name);
        var lines = File.ReadLines(path).Where(line => line.Length > 0).ToList();
        What = lines.Find(line => line[0] == '#')?[1..].Trim() ?? "";
        string[]? columns = null;
        foreach (var cells in lines.Where(line => line[0] != '#').Select(line => line.Split(',')))
        {
            if (columns is null)
            {
                columns = cells;
            }
            else
            {
                Add(columns, cells, startMs);
            }
        }

        Close();
    }

    public string Name { get; }

    public string What { get; }

    public IReadOnlyList<Arrival> Messages => _messages;

    private void Add(string[] columns, string[] cells, long startMs)
    {
        if (cells.Length != columns.Length || !long.TryParse(cells[0], CultureInfo.InvariantCulture, out var offsetMs))
        {
            throw new InvalidDataException($"{Name}: the row \"{string.Join(',', cells)}\" has not the columns of the first line");
        }

        var values = Enumerable.Range(1, columns.Length - 1).Where(i => cells[i].Length > 0).Select(i => $"\"{columns[i]}\":{Number(cells[i])}").ToList();
        if (values.Count > 0)
        {
            if (_open.Count > 0 && offsetMs / MessageMs != _open[0].AtMs / MessageMs)
            {
                Close();
            }

            _open.Add((offsetMs, $"{{\"ts\":{startMs + offsetMs},\"values\":{{{string.Join(',', values)}}}}}"));
        }
    }

    private void Close()
    {
        if (_open.Count > 0)
        {
            var payload = $"[{string.Join(',', _open.Select(row => row.Row))}]";
            _messages.Add(new Arrival(_open[^1].AtMs, Name, _topic, Encoding.UTF8.GetBytes(payload), null));
            _open.Clear();
        }
    }

    private string Number(string cell) => double.TryParse(cell, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
        ? number.ToString("R", CultureInfo.InvariantCulture)
        : throw new InvalidDataException($"{Name}: \"{cell}\" is no number");
}
