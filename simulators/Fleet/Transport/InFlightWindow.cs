using System.Numerics;
using Fengsui.Fleet.Payloads;

namespace Fengsui.Fleet.Transport;

/// <summary>
/// The unacknowledged messages of one connection, oldest first, in a ring. A packet id is the low bits of a running
/// number, so an acknowledgement finds its slot without a search, in whatever order it comes.
/// </summary>
internal sealed class InFlightWindow
{
    // Packet ids are 1 to 32768; the ring is a power of two that divides it.
    private const int IdMask = 0x7FFF;

    private readonly InFlightSlot[] _slots;
    private readonly int _mask;
    private long _oldest;
    private long _next;

    public InFlightWindow(int limit)
    {
        Limit = limit;
        _slots = new InFlightSlot[(int)BitOperations.RoundUpToPowerOf2((uint)limit * 2)];
        _mask = _slots.Length - 1;
    }

    /// <summary>Messages that may be in flight: the fleet's option, or the server's receive maximum when that is less.</summary>
    public int Limit { get; set; }

    public int Count { get; private set; }

    /// <summary>Messages that may be added now. Bounded by the ring too, when one old message holds its place.</summary>
    public int Room => Math.Min(Limit - Count, (int)(_slots.Length - (_next - _oldest)));

    public long Oldest => _oldest;

    public long Next => _next;

    public ref InFlightSlot this[long number] => ref _slots[number & _mask];

    public static ushort PacketId(long number) => (ushort)((number & IdMask) + 1);

    public long Add(MessageKey key, long sinceTicks)
    {
        ref var slot = ref _slots[_next & _mask];
        slot.Key = key;
        slot.SinceTicks = sinceTicks;
        slot.State = InFlightState.Published;
        Count++;
        return _next++;
    }

    /// <summary>The number of the message in flight with this packet id, or −1.</summary>
    public long Find(ushort packetId)
    {
        var distance = (packetId - 1 - _oldest) & IdMask;
        var number = _oldest + distance;
        return packetId != 0 && number < _next && this[number].State != InFlightState.Free ? number : -1;
    }

    public void Free(long number)
    {
        this[number].State = InFlightState.Free;
        Count--;
        while (_oldest < _next && this[_oldest].State == InFlightState.Free)
        {
            _oldest++;
        }
    }
}
