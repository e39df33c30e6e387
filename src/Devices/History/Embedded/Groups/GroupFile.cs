using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fengsui.Devices.History.Embedded.Groups;

/// <summary>
/// An open, immutable group file. Counted leases keep its handle open, so a query outlives the deletion of the file by a
/// merge. Safe for concurrent use.
/// </summary>
internal sealed class GroupFile
{
    private static long _lastId;

    private readonly SafeFileHandle _file;
    private readonly GroupFooter _footer;
    private readonly int[] _blockFirstDevice;
    private readonly DirectoryCache _cache;
    private readonly long _id = Interlocked.Increment(ref _lastId);
    private int _leases = 1;

    private GroupFile(string path, SafeFileHandle file, GroupInfo info, GroupFooter footer, int[] blockFirstDevice, DirectoryCache cache)
    {
        Path = path;
        _file = file;
        Info = info;
        _footer = footer;
        _blockFirstDevice = blockFirstDevice;
        _cache = cache;
    }

    public string Path { get; }

    public GroupInfo Info { get; }

    /// <summary>Set when a chunk did not verify: the group is then left out of merges, so that nothing of it is lost.</summary>
    public bool IsDamaged { get; set; }

    /// <summary>End of the chunks and beginning of the directory.</summary>
    public long ChunkAreaEnd => _footer.DirectoryOffset;

    public int DirectoryBlocks => _footer.DirectoryBlocks;

    /// <summary>Opens and verifies header, footer and block index; chunks and directory blocks are verified when read.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static GroupFile Open(string path, DirectoryCache cache)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
        try
        {
            var length = RandomAccess.GetLength(file);
            if (length < GroupLayout.HeaderBytes + GroupLayout.FooterBytes)
                throw new InvalidDataException("the file is shorter than its header and footer");
            var footer = GroupFooter.Read(ReadExactly(file, length - GroupLayout.FooterBytes, GroupLayout.FooterBytes), length);
            var index = ReadExactly(file, footer.BlockIndexOffset, footer.DirectoryBlocks * sizeof(int));
            if (Crc32C.Of(index) != footer.BlockIndexCrc)
                throw new InvalidDataException("the block index does not verify");
            var info = ReadInfo(path, file, footer);
            return new GroupFile(path, file, info, footer, MemoryMarshal.Cast<byte, int>(index).ToArray(), cache);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public bool TryLease()
    {
        var leases = Volatile.Read(ref _leases);
        while (leases > 0)
        {
            var seen = Interlocked.CompareExchange(ref _leases, leases + 1, leases);
            if (seen == leases)
                return true;
            leases = seen;
        }

        return false;
    }

    /// <summary>Gives back a lease (or, once, the owner's); the last one closes the file.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _leases) == 0)
            _file.Dispose();
    }

    /// <summary>Adds the device's chunks that overlap [<paramref name="fromMs"/>, <paramref name="toMs"/>).</summary>
    /// <exception cref="InvalidDataException">A directory block is damaged.</exception>
    public void Find(int device, long fromMs, long toMs, List<DirectoryEntry> found)
    {
        for (var block = FirstBlockOf(device); block < _blockFirstDevice.Length && _blockFirstDevice[block] <= device; block++)
        {
            var entries = Block(block);
            for (var i = LowerBound(entries, device); i < entries.Length && entries[i].Device == device; i++)
            {
                if (entries[i].MinTimeMs < toMs && entries[i].MaxTimeMs >= fromMs)
                    found.Add(entries[i]);
            }
        }
    }

    /// <summary>The entries of one directory block, verified and cached.</summary>
    public DirectoryEntry[] Block(int block)
    {
        if (_cache.TryGet(_id, block, out var cached))
            return cached;
        var bytes = ReadExactly(_file, _footer.DirectoryOffset + ((long)block * GroupLayout.DirectoryBlockBytes), GroupLayout.DirectoryBlockBytes);
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (!GroupLayout.IsSealed(bytes) || (uint)count > GroupLayout.EntriesPerBlock)
            throw new InvalidDataException($"directory block {block} does not verify");
        var entries = new DirectoryEntry[count];
        for (var i = 0; i < count; i++)
            entries[i] = DirectoryEntry.Read(bytes.AsSpan(4 + (i * DirectoryEntry.SizeBytes)));
        _cache.Add(_id, block, entries);
        return entries;
    }

    /// <summary>All entries in the order of the directory; damaged blocks are reported and passed over.</summary>
    public IEnumerable<DirectoryEntry> Entries(Action<string> report)
    {
        for (var block = 0; block < DirectoryBlocks; block++)
        {
            DirectoryEntry[] entries;
            try
            {
                entries = Block(block);
            }
            catch (InvalidDataException exception)
            {
                report(exception.Message);
                continue;
            }

            foreach (var entry in entries)
                yield return entry;
        }
    }

    /// <summary>The late duplicates of the flush that wrote the file; none in a merged file.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public List<LateDuplicateCount> ReadLateDuplicates()
    {
        var bytes = ReadExactly(_file, _footer.LateOffset, _footer.LateCounts * GroupFooter.LateCountBytes);
        if (Crc32C.Of(bytes) != _footer.LateCrc)
            throw new InvalidDataException("the late duplicates do not verify");
        var counts = new List<LateDuplicateCount>();
        for (var at = 0; at < bytes.Length; at += GroupFooter.LateCountBytes)
        {
            var entry = bytes.AsSpan(at);
            counts.Add(new LateDuplicateCount(
                Info.EndPosition, BinaryPrimitives.ReadInt32LittleEndian(entry), BinaryPrimitives.ReadInt64LittleEndian(entry[4..])));
        }

        return counts;
    }

    /// <summary>Reads bytes of the chunk area as they are; the caller verifies each chunk with <see cref="Verify"/>.</summary>
    /// <exception cref="InvalidDataException">The range is outside the chunk area.</exception>
    public void Read(long offset, Span<byte> target)
    {
        if (offset < GroupLayout.HeaderBytes || offset + target.Length > _footer.DirectoryOffset)
            throw new InvalidDataException("a chunk lies outside the chunk area");
        ReadExactly(_file, offset, target);
    }

    public static void Verify(in DirectoryEntry entry, ReadOnlySpan<byte> chunk)
    {
        if (Crc32C.Of(chunk) != entry.Crc)
            throw new InvalidDataException($"the chunk at offset {entry.Offset} does not verify");
    }

    /// <summary>Verifies every byte: all directory blocks, all chunks, the late duplicates.</summary>
    public void VerifyAll()
    {
        ReadLateDuplicates();
        var buffer = new byte[64 << 10];
        for (var block = 0; block < DirectoryBlocks; block++)
        {
            foreach (var entry in Block(block))
            {
                if (buffer.Length < entry.Length)
                    buffer = new byte[entry.Length * 2];
                Read(entry.Offset, buffer.AsSpan(0, entry.Length));
                Verify(entry, buffer.AsSpan(0, entry.Length));
            }
        }
    }

    private static GroupInfo ReadInfo(string path, SafeFileHandle file, GroupFooter footer)
    {
        var header = ReadExactly(file, 0, GroupLayout.HeaderBytes);
        var isTier = header.AsSpan().StartsWith(GroupLayout.TierMagic);
        var step = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(GroupLayout.StepOffset));
        if (!(isTier ? step > 0 : step == 0 && header.AsSpan().StartsWith(GroupLayout.HeaderMagic)) || !GroupLayout.IsSealed(header))
            throw new InvalidDataException("the header does not verify");
        var version = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8));
        if (version is < GroupLayout.OldestVersion or > GroupLayout.Version)
            throw new InvalidDataException($"format version {version} is not known");
        return new GroupInfo(
            System.IO.Path.GetFileName(path),
            BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12)),
            BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(16)),
            BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(24)),
            footer.MinTimeMs,
            footer.MaxTimeMs,
            footer.FileBytes,
            footer.Rows,
            footer.Readings)
        { StepMs = step };
    }

    private int FirstBlockOf(int device)
    {
        var (low, high) = (0, _blockFirstDevice.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_blockFirstDevice[middle] < device)
                low = middle + 1;
            else
                high = middle;
        }

        return Math.Max(0, low - 1);
    }

    private static int LowerBound(DirectoryEntry[] entries, int device)
    {
        var (low, high) = (0, entries.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (entries[middle].Device < device)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static byte[] ReadExactly(SafeFileHandle file, long offset, int count)
    {
        var bytes = new byte[count];
        ReadExactly(file, offset, bytes.AsSpan());
        return bytes;
    }

    private static void ReadExactly(SafeFileHandle file, long offset, Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            var read = RandomAccess.Read(file, target, offset);
            if (read == 0)
                throw new InvalidDataException("the file ends early");
            target = target[read..];
            offset += read;
        }
    }
}
