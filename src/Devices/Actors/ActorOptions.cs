using Fengsui.Devices.Registry;

namespace Fengsui.Devices.Actors;

/// <summary>Bounds of one device's actor.</summary>
public sealed class ActorOptions
{
    /// <summary>
    /// Rows remembered to recognise a re-send at once. 32: what a gateway has in flight for one device; 16 bytes each.
    /// Older re-sends are recognised by the history.
    /// </summary>
    public int RecentRows { get; init; } = 32;

    /// <summary>Journal time without a row after which an actor without open alerts is packed away. 10 minutes.</summary>
    public TimeSpan PassivateAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Lets a test make one device's rules fail.</summary>
    internal Action<Device>? BeforeRules { get; init; }
}
