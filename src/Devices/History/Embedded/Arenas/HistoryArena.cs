using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.Embedded.Arenas;

/// <summary>
/// Rows in the order of their arrival, packed into one array. One thread appends; any thread that holds a lease reads the
/// committed prefix. Rows of one device form a chain from the newest back, so a query never scans the arena.
/// <para>
/// Publication order: bytes of the row, then the device's head, then the committed length. A reader takes the length
/// first and skips rows at or beyond it, so it sees an exact prefix.
/// </para>
/// </summary>
internal sealed class HistoryArena
{
    /// <summary>Bound on shape ids, which are dense.</summary>
    public const int MaxShapes = 1 << 20;

    private readonly byte[] _bytes;
    private readonly int _maxDevices;
    private volatile int[] _heads = new int[1024];
    private volatile Shape?[] _shapes = new Shape?[64];
    private int _length;
    private int _leases = 1;
    private int _rows;
    private int _highestDevice = -1;

    public HistoryArena(int sizeBytes, int maxDevices)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(sizeBytes);
        _maxDevices = maxDevices;
    }

    /// <summary>The shard that rented it.</summary>
    public int Shard { get; set; }

    public int CapacityBytes => _bytes.Length;

    public int LengthBytes => Volatile.Read(ref _length);

    public int Rows => _rows;

    public int HighestDevice => _highestDevice;

    /// <summary>Appends one row; an empty <paramref name="qualities"/> means that all are good.</summary>
    public ArenaAppend Append(
        int device,
        long eventTimeMs,
        Shape shape,
        HistoryRowFlags flags,
        ReadOnlySpan<double> values,
        ReadOnlySpan<Quality> qualities,
        long journalPosition,
        long receiveTimeMs,
        int source)
    {
        var offset = _length;
        var size = ArenaRow.SizeOf(values.Length, qualities.Length);
        if (size > _bytes.Length - offset)
            return ArenaAppend.Full;
        if (!Knows(device, shape, values.Length, qualities.Length))
            return ArenaAppend.Refused;

        ref var row = ref Unsafe.As<byte, ArenaRow>(ref At(offset));
        row.Previous = _heads[device] - 1;
        row.Device = device;
        row.EventTimeMs = eventTimeMs;
        row.JournalPosition = journalPosition;
        row.ReceiveTimeMs = receiveTimeMs;
        row.Source = source;
        row.ShapeAndFlags = ArenaRow.Pack(shape.Id, flags, !qualities.IsEmpty);
        ref var cells = ref Unsafe.Add(ref At(offset), ArenaRow.HeaderBytes);
        MemoryMarshal.AsBytes(values).CopyTo(MemoryMarshal.CreateSpan(ref cells, values.Length * sizeof(double)));
        if (!qualities.IsEmpty)
            MemoryMarshal.AsBytes(qualities).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref cells, values.Length * sizeof(double)), qualities.Length));

        Publish(device, offset, size);
        return ArenaAppend.Appended;
    }

    /// <summary>Begins to fetch a row's header and first values. Rows of one device lie far apart, so the flush waits for memory otherwise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(int offset)
    {
        if (!Sse.IsSupported)
            return;
        var address = (byte*)Unsafe.AsPointer(ref At(offset));
        Sse.Prefetch0(address);
        Sse.Prefetch0(address + 64);
    }

    /// <summary>Reads the row at <paramref name="offset"/>, which must lie in the committed prefix or be a chain's head.</summary>
    public ref readonly ArenaRow RowAt(int offset) => ref Unsafe.As<byte, ArenaRow>(ref At(offset));

    public ReadOnlySpan<double> ValuesAt(int offset, int count) => MemoryMarshal.CreateReadOnlySpan(
        ref Unsafe.As<byte, double>(ref At(offset + ArenaRow.HeaderBytes)), count);

    public ReadOnlySpan<Quality> QualitiesAt(int offset, int count) => MemoryMarshal.CreateReadOnlySpan(
        ref Unsafe.As<byte, Quality>(ref At(offset + ArenaRow.HeaderBytes + (count * sizeof(double)))), count);

    public Shape ShapeOf(in ArenaRow row) => _shapes[row.ShapeId]!;

    /// <summary>Bytes that the row takes.</summary>
    public int SizeOf(in ArenaRow row)
    {
        var count = ShapeOf(row).Count;
        return ArenaRow.SizeOf(count, row.HasQualities ? count : 0);
    }

    /// <summary>Offset of the device's newest row, or −1. May lie beyond the committed prefix.</summary>
    public int HeadOf(int device)
    {
        var heads = _heads;
        return (uint)device < (uint)heads.Length ? Volatile.Read(ref heads[device]) - 1 : -1;
    }

    /// <summary>Keeps the arena from being reused; false when it already went back to the pool.</summary>
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

    /// <summary>True when the caller gave back the last lease and must return the arena to its pool.</summary>
    public bool Release() => Interlocked.Decrement(ref _leases) == 0;

    /// <summary>Empties a returned arena for its next owner.</summary>
    public void Reset()
    {
        Array.Clear(_heads);
        _rows = 0;
        _highestDevice = -1;
        Volatile.Write(ref _length, 0);
        Volatile.Write(ref _leases, 1);
    }

    private void Publish(int device, int offset, int size)
    {
        if (device > _highestDevice)
            _highestDevice = device;
        _rows++;
        Volatile.Write(ref _heads[device], offset + 1);
        Volatile.Write(ref _length, offset + size);
    }

    private bool Knows(int device, Shape shape, int values, int qualities)
    {
        var known = (uint)device < (uint)_heads.Length
            && (uint)shape.Id < (uint)_shapes.Length
            && ReferenceEquals(_shapes[shape.Id], shape);
        return values == shape.Count && (qualities == 0 || qualities == values) && (known || Learn(device, shape));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Learn(int device, Shape shape)
    {
        if ((uint)device >= (uint)_maxDevices || (uint)shape.Id >= MaxShapes || shape.Count == 0)
            return false;
        _heads = GrownTo(_heads, device);
        var shapes = GrownTo(_shapes, shape.Id);
        shapes[shape.Id] = shape;
        _shapes = shapes;
        return true;
    }

    private static T[] GrownTo<T>(T[] array, int index)
    {
        if (index < array.Length)
            return array;
        var larger = new T[Math.Max(array.Length * 2, index + 1)];
        array.CopyTo(larger, 0);
        return larger;
    }

    private ref byte At(int offset) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), offset);
}
