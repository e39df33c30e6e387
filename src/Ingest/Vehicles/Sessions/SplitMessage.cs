namespace Fengsui.Ingest.Vehicles.Sessions;

/// <summary>The parts of one split message, until all are there.</summary>
internal sealed class SplitMessage(ushort id, int parts, ushort firstSerial, long startedMs)
{
    private readonly byte[]?[] _parts = new byte[parts][];
    private readonly ushort[] _serials = new ushort[parts];
    private int _present;

    public ushort Id => id;

    public int Parts => _parts.Length;

    /// <summary>The serial that the first part has: parts are numbered one after the other.</summary>
    public ushort FirstSerial => firstSerial;

    /// <summary>When the first part came, on the clock of time-outs.</summary>
    public long StartedMs { get; } = startedMs;

    /// <summary>When the newest part came, or those that are missing were asked for.</summary>
    public long TouchedMs { get; private set; } = startedMs;

    /// <summary>How often missing parts were asked for.</summary>
    public int Asked { get; private set; }

    public int Bytes { get; private set; }

    public int Missing => _parts.Length - _present;

    /// <summary>The serial of each part that is there, in the order of the parts.</summary>
    public IEnumerable<ushort> Serials => _serials.Where((_, part) => _parts[part] is not null);

    /// <summary>Which parts are missing, 1 for the first; asks for them at <paramref name="nowMs"/>.</summary>
    public ushort[] Ask(long nowMs)
    {
        TouchedMs = nowMs;
        Asked++;
        return [.. Enumerable.Range(1, _parts.Length).Where(IsMissing).Select(part => (ushort)part)];
    }

    /// <param name="part">1 for the first.</param>
    public bool IsMissing(int part) => _parts[part - 1] is null;

    /// <summary>Keeps a part; one that comes twice replaces the first.</summary>
    /// <param name="part">1 for the first.</param>
    /// <param name="serial">Of the message that it came in.</param>
    /// <param name="bytes">Its body.</param>
    /// <param name="nowMs">On the clock of time-outs.</param>
    public void Put(int part, ushort serial, ReadOnlySpan<byte> bytes, long nowMs)
    {
        TouchedMs = nowMs;
        ref var slot = ref _parts[part - 1];
        _present += slot is null ? 1 : 0;
        Bytes += bytes.Length - (slot?.Length ?? 0);
        slot = bytes.ToArray();
        _serials[part - 1] = serial;
    }

    /// <summary>The bytes of the parts that are there, in their order.</summary>
    public byte[] Join()
    {
        var whole = new byte[Bytes];
        var at = 0;
        foreach (var part in _parts)
        {
            part?.CopyTo(whole, at);
            at += part?.Length ?? 0;
        }

        return whole;
    }
}
