using Fengsui.Rules.Model;

namespace Fengsui.Rules.Tests.Properties;

/// <summary>Something that happens to a device: a row, a tick, a clock that is set back, or a restart of the server.</summary>
/// <param name="Number">Its place in the series; stays when others are left out.</param>
/// <param name="OldMs">Of a set clock, what it would show now if it had not been set.</param>
/// <param name="Values">Of a row, some metrics only and sometimes nonsense.</param>
internal sealed record RandomEvent(int Number, RandomEventKind Kind, Moment Now, IReadOnlyList<(string Metric, double Value, Quality Quality)> Values, long OldMs = 0)
{
    public override string ToString() =>
        $"{Number}: {Kind} at {Now.EventMs} (watched {Now.WatchMs}) {string.Join(", ", Values.Select(value => $"{value.Metric}={value.Value}{(value.Quality == Quality.Good ? "" : $" {value.Quality}")}"))}";
}
