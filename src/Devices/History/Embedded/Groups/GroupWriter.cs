using System.Buffers.Binary;
using Fengsui.Devices.History.Embedded.Columns;
using Fengsui.Devices.History.Embedded.Tiers;
using Microsoft.Win32.SafeHandles;

namespace Fengsui.Devices.History.Embedded.Groups;

/// <summary>
/// Writes one group file under a temporary name; <see cref="Finish"/> makes it durable and gives it its name. Disposed
/// before that, it leaves only the temporary file, which the next open removes.
/// </summary>
internal sealed class GroupWriter : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly IHistoryFiles _files;
    private readonly string _directory;
    private readonly string _temporary;
    private readonly SafeFileHandle _file;
    private readonly List<DirectoryEntry> _entries = [];
    private readonly ByteSink _buffer = new(BufferBytes + (64 << 10));
    private long _flushed;
    private long _rows;
    private long _readings;
    private long _minTime = long.MaxValue;
    private long _maxTime = long.MinValue;

    public GroupWriter(IHistoryFiles files, string directory, long startPosition, long endPosition, int level, long stepMs)
    {
        _files = files;
        _directory = directory;
        (StartPosition, EndPosition, Level, StepMs) = (startPosition, endPosition, level, stepMs);
        _temporary = Path.Combine(directory, FileName + GroupLayout.TemporaryExtension);
        _file = files.Create(_temporary);
        GroupLayout.WriteHeader(_buffer.Reserve(GroupLayout.HeaderBytes), startPosition, endPosition, level, stepMs);
        _buffer.Advance(GroupLayout.HeaderBytes);
    }

    public long StartPosition { get; }

    public long EndPosition { get; }

    public int Level { get; }

    /// <summary>Of a tier; 0 for readings.</summary>
    public long StepMs { get; }

    public long Rows => _rows;

    /// <summary>Where the file is until <see cref="Finish"/> renames it.</summary>
    public string TemporaryPath => _temporary;

    private string FileName => GroupLayout.FileName(EndPosition, Level, StepMs);

    /// <summary>Appends a chunk whose bytes have been encoded elsewhere.</summary>
    public void Add(int device, long minTimeMs, long maxTimeMs, int rows, int metrics, ReadOnlySpan<byte> chunk)
    {
        _rows += rows;
        _readings += (long)rows * metrics;
        Append(device, minTimeMs, maxTimeMs, rows, chunk);
    }

    /// <summary>Appends a chunk of buckets of one metric.</summary>
    public void AddTier(int device, ushort metric, long minTimeMs, long maxTimeMs, int buckets, ReadOnlySpan<byte> chunk)
    {
        _rows += buckets;
        _readings += buckets;
        Append(device, minTimeMs, maxTimeMs, TierEntry.Pack(buckets, metric), chunk);
    }

    /// <summary>
    /// Directory, late duplicates (so that they survive with the file when the index does not), footer, fsync, rename, fsync
    /// of the folder.
    /// </summary>
    public GroupInfo Finish(IReadOnlyList<LateDuplicateCount> lateDuplicates)
    {
        WriteDirectory(lateDuplicates);
        FlushBuffer();
        _files.Flush(_file);
        _file.Dispose();
        _files.Rename(_temporary, Path.Combine(_directory, FileName));
        _files.FlushDirectory(_directory);
        return new GroupInfo(FileName, Level, StartPosition, EndPosition, _minTime, _maxTime, _flushed, _rows, _readings) { StepMs = StepMs };
    }

    public void Dispose() => _file.Dispose();

    private void Append(int device, long minTimeMs, long maxTimeMs, int rows, ReadOnlySpan<byte> chunk)
    {
        var offset = _flushed + _buffer.Length;
        _buffer.Bytes(chunk);
        _entries.Add(new DirectoryEntry(device, chunk.Length, offset, minTimeMs, maxTimeMs, rows, Crc32C.Of(chunk)));
        _minTime = Math.Min(_minTime, minTimeMs);
        _maxTime = Math.Max(_maxTime, maxTimeMs);
        if (_buffer.Length >= BufferBytes)
            FlushBuffer();
    }

    private void WriteDirectory(IReadOnlyList<LateDuplicateCount> lateDuplicates)
    {
        _entries.Sort();
        var blocks = (_entries.Count + GroupLayout.EntriesPerBlock - 1) / GroupLayout.EntriesPerBlock;
        var index = new byte[blocks * sizeof(int)];
        var directoryOffset = _flushed + _buffer.Length;
        for (var block = 0; block < blocks; block++)
        {
            var first = block * GroupLayout.EntriesPerBlock;
            BinaryPrimitives.WriteInt32LittleEndian(index.AsSpan(block * sizeof(int)), _entries[first].Device);
            WriteBlock(first, Math.Min(GroupLayout.EntriesPerBlock, _entries.Count - first));
        }

        _buffer.Bytes(index);
        var late = LateBytes(lateDuplicates);
        _buffer.Bytes(late);
        var fileBytes = _flushed + _buffer.Length + GroupLayout.FooterBytes;
        var footer = new GroupFooter(
            directoryOffset,
            blocks,
            Crc32C.Of(index),
            _entries.Count,
            _rows,
            _readings,
            _minTime,
            _maxTime,
            fileBytes,
            lateDuplicates.Count,
            Crc32C.Of(late));
        footer.Write(_buffer.Reserve(GroupLayout.FooterBytes));
        _buffer.Advance(GroupLayout.FooterBytes);
    }

    private static byte[] LateBytes(IReadOnlyList<LateDuplicateCount> lateDuplicates)
    {
        var bytes = new byte[lateDuplicates.Count * GroupFooter.LateCountBytes];
        for (var i = 0; i < lateDuplicates.Count; i++)
        {
            var target = bytes.AsSpan(i * GroupFooter.LateCountBytes);
            BinaryPrimitives.WriteInt32LittleEndian(target, lateDuplicates[i].Source);
            BinaryPrimitives.WriteInt64LittleEndian(target[4..], lateDuplicates[i].Readings);
        }

        return bytes;
    }

    private void WriteBlock(int first, int count)
    {
        var block = _buffer.Reserve(GroupLayout.DirectoryBlockBytes)[..GroupLayout.DirectoryBlockBytes];
        block.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(block, count);
        for (var i = 0; i < count; i++)
            _entries[first + i].Write(block[(4 + (i * DirectoryEntry.SizeBytes))..]);
        GroupLayout.Seal(block);
        _buffer.Advance(GroupLayout.DirectoryBlockBytes);
    }

    private void FlushBuffer()
    {
        _files.Write(_file, _buffer.Written, _flushed);
        _flushed += _buffer.Length;
        _buffer.Clear();
    }
}
