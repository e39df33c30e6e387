namespace Fengsui.Devices.Journal;

/// <summary>
/// Writes closed blocks into segment files. A write that throws may be tried again with the same block: what is on disk
/// of it is overwritten or superseded.
/// </summary>
/// <remarks>
/// After a failed sync the kernel may have dropped the dirty pages and call them clean, so the file cannot be trusted
/// beyond its last good sync and is never written again: it is cut there, and the block goes into a new segment. Should
/// the cut fail too, the leftover is harmless: the chain of blocks (each names its predecessor's end) passes it by.
/// </remarks>
internal sealed class SegmentWriter(JournalOptions options, IJournalStorage storage, Retention retention, ulong journalId, TimeProvider clock) : IDisposable
{
    private IJournalFile? _file;
    private string? _leftover;
    private long _start;
    private long _end;

    public long SyncFailures { get; private set; }

    public void Write(JournalBlock block)
    {
        if (_file is not null && OffsetOf(block.EndPosition) > options.SegmentSizeBytes)
            Finish();
        _file ??= Create(block.StartPosition);
        _file.Write(OffsetOf(block.StartPosition), block.FileBytes);
        if (options.Durability == Durability.Fsync)
            SyncOrAbandon(_file);
        _end = block.EndPosition;
    }

    public void Dispose()
    {
        if (_file is not null)
            Finish();
    }

    private long OffsetOf(long position) => JournalFormat.SegmentHeaderBytes + (position - _start);

    private void SyncOrAbandon(IJournalFile file)
    {
        try
        {
            file.SyncData();
        }
        catch
        {
            SyncFailures++;
            _file = null;
            CutAndClose(file);
            if (_end == _start)
                _leftover = SegmentName.Of(_start);
            throw;
        }
    }

    private void Finish()
    {
        var file = _file!;
        _file = null;
        try
        {
            // With fsync on, everything up to _end is durable already. Without it, this keeps a clean stop clean.
            if (options.Durability == Durability.Os)
                file.SyncData();
        }
        catch (IOException)
        {
            SyncFailures++;
        }

        CutAndClose(file);
    }

    /// <summary>Gives the reserved space back. Readers need not have it cut, so a failure is no reason to stop.</summary>
    private void CutAndClose(IJournalFile file)
    {
        try
        {
            file.Truncate(OffsetOf(_end));
        }
        catch (IOException)
        {
        }
        finally
        {
            file.Dispose();
        }
    }

    private IJournalFile Create(long start)
    {
        retention.Run();
        if (_leftover is not null)
        {
            // Created by a failed attempt, without a single committed block.
            storage.Delete(_leftover);
            _leftover = null;
        }

        var reserve = options.Preallocate ? options.SegmentSizeBytes : 0;
        if (storage.FreeBytes - reserve < options.MinFreeBytes)
            throw new IOException($"The disk of the journal is full: {storage.FreeBytes >> 20} MiB are free, a segment of {options.SegmentSizeBytes >> 20} MiB must leave {options.MinFreeBytes >> 20} MiB.");
        var name = SegmentName.Of(start);
        var file = storage.Create(name, reserve);
        try
        {
            Span<byte> header = stackalloc byte[JournalFormat.SegmentHeaderBytes];
            new SegmentHeader(JournalFormat.Version, journalId, start, clock.GetUtcNow().ToUnixTimeMilliseconds()).Write(header);
            file.Write(0, header);
            storage.SyncFolder();
        }
        catch
        {
            _leftover = name;
            file.Dispose();
            throw;
        }

        _start = start;
        _end = start;
        return file;
    }
}
