using System.Diagnostics;

namespace Fengsui.Fleet.Transport;

/// <summary>Doubles from 50 ms to 2 s with up to half of it as jitter, drawn from a seed.</summary>
internal sealed class ReconnectDelay(ulong seed)
{
    private const int FirstMs = 50;
    private const int LongestMs = 2000;

    private ulong _draw = seed;
    private int _baseMs = FirstMs;

    public void Reset() => _baseMs = FirstMs;

    public long NextTicks()
    {
        _draw = Mixer.Mix(_draw);
        var ms = _baseMs - (int)(_draw % (ulong)((_baseMs / 2) + 1));
        _baseMs = Math.Min(LongestMs, _baseMs * 2);
        return ms * Stopwatch.Frequency / 1000;
    }
}
