namespace Fengsui.Support.Journal;

/// <summary>
/// A file as a power cut sees it: what was written (page cache) and what is on the disk. A sync carries the dirty pages
/// over; a failed sync forgets that they are dirty, as the kernel does.
/// </summary>
internal sealed class SimulatedFile
{
    private const int PageBytes = 4096;

    private readonly HashSet<int> _dirtyPages = [];
    private byte[] _written = [];
    private byte[] _durable = [];
    private int _durableLength;

    public int Length { get; private set; }

    public int Read(long offset, Span<byte> buffer)
    {
        if (offset >= Length)
            return 0;
        var count = (int)Math.Min(buffer.Length, Length - offset);
        _written.AsSpan((int)offset, count).CopyTo(buffer);
        return count;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        var end = (int)offset + bytes.Length;
        SetLength(Math.Max(Length, end));
        bytes.CopyTo(_written.AsSpan((int)offset));
        for (var page = (int)offset / PageBytes; page <= (end - 1) / PageBytes; page++)
            _dirtyPages.Add(page);
    }

    public void SetLength(int length)
    {
        if (length > _written.Length)
            Array.Resize(ref _written, Math.Max(length, _written.Length * 2));
        if (length < Length)
            _written.AsSpan(length).Clear();
        Length = length;
    }

    public void Sync()
    {
        foreach (var page in _dirtyPages)
            CarryOver(page, ref _durable);
        _dirtyPages.Clear();
        CutDurable(Length);
    }

    public void FailSync() => _dirtyPages.Clear();

    /// <summary>What a reader finds after a power cut: the disk, with any subset of the unsynced pages, and the old or the new length.</summary>
    public SimulatedFile AfterPowerCut(Random random)
    {
        var image = _durable.ToArray();
        foreach (var page in _dirtyPages.Order())
        {
            if (random.Next(2) == 0)
                CarryOver(page, ref image);
        }

        return Of(image, random.Next(2) == 0 ? Length : _durableLength);
    }

    public static SimulatedFile Of(ReadOnlySpan<byte> image, int length)
    {
        var file = new SimulatedFile();
        file.SetLength(length);
        image[..Math.Min(image.Length, length)].CopyTo(file._written);
        file._durable = file._written.ToArray();
        file._durableLength = length;
        return file;
    }

    public byte[] ToArray() => _written[..Length];

    private void CarryOver(int page, ref byte[] image)
    {
        var from = page * PageBytes;
        var to = Math.Min(from + PageBytes, Length);
        if (to <= from)
            return;
        if (image.Length < to)
            Array.Resize(ref image, Length);
        _written.AsSpan(from..to).CopyTo(image.AsSpan(from));
    }

    private void CutDurable(int length)
    {
        _durableLength = length;
        if (_durable.Length > length)
            Array.Resize(ref _durable, length);
    }
}
