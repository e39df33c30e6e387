using System.Globalization;
using System.Text;

namespace Fengsui.Api.Commands.History;

/// <summary>
/// Sends the readings of a file to a server, which takes them into its journal as those of every source; goes on where it
/// was stopped. What was sent twice by that is known to the server as a duplicate.
/// </summary>
internal sealed class HistoryImport(HttpClient server, string file, bool isCsv, TextWriter progress)
{
    /// <summary>Lines of one request; a reading of a CSV line takes some 80 bytes of JSON, and a message has at most 1 MiB.</summary>
    private const int BatchLines = 5_000;

    /// <summary>Characters after which a request is sent with fewer lines: long names, in up to three bytes a character, stay below 1 MiB too.</summary>
    private const int BatchChars = 256 << 10;

    private const string JsonMedia = "application/json";

    private readonly StringBuilder _batch = new();

    /// <summary>Lines that could not be sent.</summary>
    public long Left { get; private set; }

    public async Task RunAsync(CancellationToken cancel)
    {
        var resume = new ResumeFile(file + ".import", "import " + server.BaseAddress);
        var state = resume.Read();
        await using var input = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var rows = isCsv ? CsvRows.Of(ReadLine(input) ?? "") : null;
        if (state is { } known)
        {
            (input.Position, Left) = (known.Bytes, known.Next);
        }

        while (input.Position < input.Length)
        {
            cancel.ThrowIfCancellationRequested();
            var taken = Fill(input, rows);
            if (taken > 0)
                await SendAsync(cancel);
            resume.Write(input.Position, Left);
            progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{100.0 * input.Position / input.Length:F1} %, {input.Position} bytes, {Left} lines left out"));
        }

        resume.Remove();
    }

    /// <summary>Puts the next lines into the batch; the number of them.</summary>
    private int Fill(FileStream input, CsvRows? rows)
    {
        var taken = 0;
        _batch.Clear();
        rows?.Begin(_batch);
        for (var i = 0; i < BatchLines && _batch.Length < BatchChars && ReadLine(input) is { } line; i++)
        {
            var isTaken = rows is null ? AddLine(line) : rows.TryAdd(line, _batch);
            taken += isTaken ? 1 : 0;
            Left += isTaken || line.Length == 0 ? 0 : 1;
        }

        if (rows is not null)
            CsvRows.End(_batch);
        return taken;
    }

    private bool AddLine(string line)
    {
        if (line.Length > 0)
            _batch.Append(line).Append('\n');
        return line.Length > 0;
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        using var content = new StringContent(_batch.ToString(), Encoding.UTF8, isCsv ? JsonMedia : "text/plain");
        using var answer = await server.PostAsync(new Uri(isCsv ? "/api/v1/telemetry" : "/write?precision=ms", UriKind.Relative), content, cancel);
        await ServerConnection.CheckAsync(answer, cancel);
    }

    /// <summary>Read by bytes, so that the position is that of the next line. Null at the end.</summary>
    private static string? ReadLine(FileStream input)
    {
        var line = new List<byte>(128);
        int one;
        while ((one = input.ReadByte()) >= 0 && one != '\n')
        {
            if (one != '\r')
                line.Add((byte)one);
        }

        return one < 0 && line.Count == 0 ? null : Encoding.UTF8.GetString([.. line]);
    }
}
