using Fengsui.Ingest.Vehicles.Codec;

namespace Fengsui.Ingest.Vehicles.Sessions;

/// <summary>The split messages of one connection that are not whole yet: bounded in number, parts, bytes and time.</summary>
internal sealed class SplitMessages(TimeProvider time)
{
    /// <summary>A terminal sends one after the other; a second may begin when the first was given up.</summary>
    public const int MaxAtOnce = 4;

    /// <summary>65,472 bytes: an hour of positions, a second each, in batches.</summary>
    public const int MaxParts = 64;

    /// <summary>Parts follow each other; one that takes longer than this is sent again as a whole.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(60);

    /// <summary>How often the missing parts of one message are asked for.</summary>
    public const int MaxAsks = 3;

    /// <summary>Parts follow each other at once: when none has come for so long, those that are missing are asked for.</summary>
    public static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(5);

    private readonly List<SplitMessage> _open = [];

    /// <summary>Gives up the oldest one that has waited too long.</summary>
    public bool TryExpire(out SplitMessage expired)
    {
        expired = _open.Count > 0 ? _open[0] : null!;
        if (_open.Count == 0 || NowMs() - expired.StartedMs <= MaxAge.TotalMilliseconds)
        {
            return false;
        }

        _open.RemoveAt(0);
        return true;
    }

    /// <summary>Finds a message whose parts have stopped coming, and asks for what is missing of it.</summary>
    /// <param name="missing">Numbers of the parts, 1 for the first.</param>
    public bool TryAsk(out SplitMessage message, out ushort[] missing)
    {
        var nowMs = _open.Count > 0 ? NowMs() : 0;
        foreach (var open in _open)
        {
            if (open.Asked < MaxAsks && nowMs - open.TouchedMs >= AskAfter.TotalMilliseconds)
            {
                message = open;
                missing = open.Ask(nowMs);
                return true;
            }
        }

        message = null!;
        missing = [];
        return false;
    }

    /// <summary>Takes a part. One that was asked for may come under a serial of its own.</summary>
    /// <param name="frame">Of a split message, of no more than <see cref="MaxParts"/>.</param>
    /// <param name="displaced">One that was given up to make room for this one.</param>
    /// <returns>The whole message, once this was its last missing part.</returns>
    public SplitMessage? Take(in Jt808Frame frame, out SplitMessage? displaced)
    {
        displaced = null;
        var head = frame.Header;
        var first = (ushort)(head.Serial - head.Part + 1);
        var message = _open.Find(open => open.Id == head.Id && open.Parts == head.Parts && open.FirstSerial == first)
            ?? _open.Find(open => open.Id == head.Id && open.Parts == head.Parts && open.Asked > 0 && open.IsMissing(head.Part));
        if (message is null)
        {
            if (_open.Count == MaxAtOnce)
            {
                displaced = _open[0];
                _open.RemoveAt(0);
            }

            message = new SplitMessage(head.Id, head.Parts, first, NowMs());
            _open.Add(message);
        }

        message.Put(head.Part, head.Serial, frame.Body, NowMs());
        if (message.Missing > 0)
        {
            return null;
        }

        _open.Remove(message);
        return message;
    }

    private long NowMs() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
