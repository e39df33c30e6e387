using Fengsui.Fleet.Payloads;

namespace Fengsui.Fleet.Transport;

/// <summary>One unacknowledged message.</summary>
internal struct InFlightSlot
{
    public MessageKey Key;

    /// <summary>Time from which its latency counts.</summary>
    public long SinceTicks;

    public InFlightState State;
}
