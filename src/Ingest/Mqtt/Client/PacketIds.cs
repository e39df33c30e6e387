using System.Collections;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>Packet ids 1 to 65,535, each used once at a time, taken in turn so that a late answer does not meet a new owner soon.</summary>
internal sealed class PacketIds
{
    private readonly BitArray _used = new(ushort.MaxValue + 1);
    private ushort _last;

    /// <summary>A free id. There always is one: the bounds on in-flight messages and open requests leave room.</summary>
    /// <exception cref="InvalidOperationException">All ids are in use.</exception>
    public ushort Rent()
    {
        for (var i = 0; i < ushort.MaxValue; i++)
        {
            _last = _last == ushort.MaxValue ? (ushort)1 : (ushort)(_last + 1);
            if (!_used[_last])
            {
                _used[_last] = true;
                return _last;
            }
        }

        throw new InvalidOperationException("all packet ids are in use");
    }

    public void Return(ushort id) => _used[id] = false;
}
