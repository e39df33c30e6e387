using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Properties.Language;

namespace Fengsui.Rules.Tests.Properties;

/// <summary>What a device that is late, repeats itself, has gaps and a wrong clock makes of its readings.</summary>
internal sealed class RandomSeries(Random random)
{
    private const long TickMs = 1000;

    private readonly List<RandomEvent> _events = [];
    private long _journalMs = 1_000_000 + random.Next(1000);
    private long _unwatchedMs;
    private long _skewMs = random.Next(-3000, 3000);
    private (long EventMs, long JournalMs)? _newest;

    /// <param name="hasTime">Ticks and restarts too; otherwise rows alone.</param>
    /// <param name="setsClocks">Set clocks too.</param>
    public IReadOnlyList<RandomEvent> Make(int rows, bool hasTime, bool setsClocks = false)
    {
        RandomEvent? previous = null;
        for (var i = 0; i < rows; i++)
        {
            var step = random.Next(14) switch { 0 => 0, 1 => 2000, 2 => 700, 3 when hasTime => LongStep(), _ => 100 };
            Pass(step, hasTime);
            if (hasTime && random.Next(60) == 0)
            {
                Add(RandomEventKind.Restart, Now(0), []);
            }

            if (setsClocks && _newest is not null && random.Next(150) == 0)
            {
                SetClock();
            }

            var late = random.Next(6) == 0 ? random.Next(1, 8) * (random.Next(3) == 0 ? 2000 : 50) : 0;
            var row = previous is not null && random.Next(15) == 0
                ? previous with { Number = _events.Count, Now = Now(0) with { EventMs = previous.Now.EventMs } }
                : new RandomEvent(_events.Count, RandomEventKind.Row, Now(late), [.. Metric.Names.Where(_ => random.Next(3) > 0).Select(Value)]);
            _events.Add(row);
            previous = row;
            _newest = _newest is null || row.Now.EventMs > _newest.Value.EventMs ? (row.Now.EventMs, _journalMs) : _newest;
        }

        return _events;
    }

    private int LongStep() => random.Next(5) switch { 0 => 300_000, 1 => 70_000, _ => 8000 };

    /// <summary>Ticks come about once a second; of a long time some are left out, as when the server stands still.</summary>
    private void Pass(long step, bool hasTicks)
    {
        var until = _journalMs + step;
        var isWatched = random.Next(3) > 0;
        for (var tick = ((_journalMs / TickMs) + 1) * TickMs; hasTicks && tick <= until; tick += tick > until - 10_000 ? TickMs : TickMs * random.Next(1, 20))
        {
            _unwatchedMs += isWatched ? 0 : (tick - _journalMs) / 2;
            _journalMs = tick;
            Add(RandomEventKind.Tick, new Moment(_newest is { } newest ? newest.EventMs + tick - newest.JournalMs : tick, tick, tick - _unwatchedMs), []);
        }

        _journalMs = until;
    }

    private void SetClock()
    {
        _skewMs -= random.Next(1, 100_000);
        var now = Now(0);
        _events.Add(new RandomEvent(_events.Count, RandomEventKind.ClockIsSet, now, [], _newest!.Value.EventMs + _journalMs - _newest.Value.JournalMs));
        _newest = (now.EventMs, _journalMs);
    }

    private void Add(RandomEventKind kind, Moment now, IReadOnlyList<(string, double, Quality)> values) => _events.Add(new RandomEvent(_events.Count, kind, now, values));

    private Moment Now(long lateMs) => new(_journalMs + _skewMs - lateMs, _journalMs, _journalMs - _unwatchedMs);

    private (string Metric, double Value, Quality Quality) Value(string metric) => random.Next(14) switch
    {
        0 => (metric, double.NaN, Quality.Good),
        1 => (metric, 1, Quality.Bad),
        2 => (metric, double.PositiveInfinity, Quality.Good),
        3 => (metric, random.Next(-3, 5), Quality.Uncertain),
        _ => (metric, Metric.IsStateMetric(metric) ? random.Next(2) : random.Next(-3, 5), Quality.Good),
    };
}
