using System.Globalization;
using Fengsui.Api.Hosting;

namespace Fengsui.Api.Commands.History;

/// <summary>Writes the readings of a range of time to a file, window after window; goes on where it was stopped.</summary>
/// <param name="query">Devices, metrics and form, as <c>/api/v1/readings</c> takes them.</param>
internal sealed class HistoryExport(HttpClient server, string file, string query, bool isCsv, TextWriter progress)
{
    public async Task RunAsync(long fromMs, long toMs, long windowMs, CancellationToken cancel)
    {
        var resume = new ResumeFile(file + ".state", string.Create(CultureInfo.InvariantCulture, $"export {query} {fromMs} {toMs} {windowMs}"));
        var state = resume.Read();
        if (state is null && File.Exists(file))
            throw new OperatorMistakeException($"{file} exists: give another file, or remove it");
        await using (var output = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read))
        {
            output.SetLength(state?.Bytes ?? 0);
            output.Position = output.Length;
            for (var at = state?.Next ?? fromMs; at < toMs; at = Math.Min(at + windowMs, toMs))
            {
                var end = Math.Min(at + windowMs, toMs);
                await CopyAsync(output, at, end, cancel);
                output.Flush(flushToDisk: true);
                resume.Write(output.Length, end);
                progress.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{100.0 * (end - fromMs) / (toMs - fromMs):F1} % to {DateTimeOffset.FromUnixTimeMilliseconds(end):yyyy-MM-dd'T'HH:mm:ss'Z'}, {output.Length} bytes"));
            }
        }

        resume.Remove();
    }

    private async Task CopyAsync(FileStream output, long fromMs, long toMs, CancellationToken cancel)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"/api/v1/readings?{query}&from={fromMs}&to={toMs}");
        using var answer = await server.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancel);
        await ServerConnection.CheckAsync(answer, cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        if (isCsv && output.Length > 0)
            await SkipLineAsync(body, cancel);
        await body.CopyToAsync(output, cancel);
    }

    /// <summary>Only the first window's header stays.</summary>
    private static async Task SkipLineAsync(Stream body, CancellationToken cancel)
    {
        var one = new byte[1];
        while (await body.ReadAsync(one, cancel) == 1 && one[0] != (byte)'\n')
        {
        }
    }
}
