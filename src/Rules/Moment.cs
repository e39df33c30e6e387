namespace Fengsui.Rules;

/// <summary>The times that belong to one row or tick, Unix milliseconds.</summary>
/// <param name="EventMs">The device's own time: of the row; at a tick its clock carried on by the journal's.</param>
/// <param name="JournalMs">When the journal took it in.</param>
/// <param name="WatchMs">
/// Journal time during which somebody was watching: it stands still while the server is down, so that our own outage is not
/// taken for the silence of every device.
/// </param>
public readonly record struct Moment(long EventMs, long JournalMs, long WatchMs)
{
    /// <summary>All clocks agree.</summary>
    public static Moment At(long ms) => new(ms, ms, ms);
}
