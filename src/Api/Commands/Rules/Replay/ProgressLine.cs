using System.Diagnostics;
using System.Globalization;

namespace Fengsui.Api.Commands.Rules.Replay;

/// <summary>How far a long run is, on a line of the error output that is written over; nothing when that is no terminal.</summary>
internal sealed class ProgressLine(TextWriter error)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly bool _isShown = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
    private long _shown;

    public void Show(long done, long total)
    {
        if (!_isShown || total == 0 || Stopwatch.GetElapsedTime(_shown) < Interval)
        {
            return;
        }

        _shown = Stopwatch.GetTimestamp();
        error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{Math.Min(100, 100.0 * done / total),5:0.0} % of {total >> 20} MiB "));
    }

    public void Clear()
    {
        if (_isShown)
        {
            error.Write("\r" + new string(' ', 40) + "\r");
        }
    }
}
