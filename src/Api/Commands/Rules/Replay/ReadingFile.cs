using System.Text;
using Fengsui.Devices.Registry.Files;
using Fengsui.Devices.Replay;

namespace Fengsui.Api.Commands.Rules.Replay;

/// <summary>
/// Plays a file of readings into a sandbox, in the order of the file: JSON, one message a line, when its name ends in
/// <c>.jsonl</c> or <c>.ndjson</c>; else CSV. Journal time is the newest time so far, with a tick each second.
/// </summary>
internal sealed class ReadingFile(Sandbox sandbox)
{
    private const long TickMs = 1_000;

    /// <summary>Ticks between two lines: a day. A longer gap is passed over in one step.</summary>
    private const long MaxTicks = 86_400;

    /// <summary>Mistakes that are told.</summary>
    private const int MaxMistakes = 100;

    private readonly List<string> _mistakes = [];
    private long _tickedMs = long.MinValue;

    /// <summary>As <c>file:line: what is wrong</c>; the lines named were left out.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    public long Lines { get; private set; }

    public long FirstMs { get; private set; } = long.MaxValue;

    public void Declare(DeviceCatalog devices)
    {
        foreach (var (id, facts) in devices.Devices)
        {
            sandbox.Declare(id, facts.Type, facts.Zone, facts.Labels);
        }
    }

    public void Play(string path, Action<long> progress, CancellationToken cancellation)
    {
        using var stream = File.OpenRead(path);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var isJson = Path.GetExtension(path).ToLowerInvariant() is ".jsonl" or ".ndjson" or ".json";
        IReadingLines lines = isJson ? new JsonReadingLines(sandbox) : new CsvReadingLines(sandbox);
        while (reader.ReadLine() is { } line)
        {
            Lines++;
            cancellation.ThrowIfCancellationRequested();
            if (lines.Take(line, TickUpTo) is { } mistake && _mistakes.Count < MaxMistakes)
            {
                _mistakes.Add($"{path}:{Lines}: {mistake}");
            }

            progress(stream.Position);
        }

        lines.Finish(TickUpTo);
        if (_tickedMs != long.MinValue)
        {
            sandbox.Tick(Math.Max(_tickedMs, sandbox.ClockMs) + TickMs);
        }
    }

    /// <summary>Lets the journal's time pass up to a row.</summary>
    private void TickUpTo(long timeMs)
    {
        FirstMs = Math.Min(FirstMs, timeMs);
        if (_tickedMs == long.MinValue || timeMs - _tickedMs > MaxTicks * TickMs)
        {
            _tickedMs = timeMs;
        }

        for (; timeMs - _tickedMs >= TickMs; sandbox.Tick(_tickedMs))
        {
            _tickedMs += TickMs;
        }
    }
}
