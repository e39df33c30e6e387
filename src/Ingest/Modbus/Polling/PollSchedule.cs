using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Modbus.Polling;

/// <summary>
/// When each request is due. Due times are absolute, so that no delay adds up; a request that is still waiting when it is due again is not
/// asked for twice. Phases are spread over the period, so that the load is level.
/// </summary>
internal sealed class PollSchedule(SourceConnection report)
{
    /// <summary>The golden section spreads any number of phases evenly, whatever number there will be.</summary>
    private const double Golden = 0.618_033_988_749_894_9;

    private readonly PriorityQueue<PollTask, long> _waiting = new();
    private readonly Queue<PollTask> _ready = new();

    /// <summary>When something will be due; ticks.</summary>
    public long NextDue => _waiting.TryPeek(out _, out var due) ? due : long.MaxValue;

    public bool HasReady => _ready.Count > 0;

    /// <param name="tasks">All of them.</param>
    /// <param name="origin">When the first one is due, at the earliest; ticks.</param>
    /// <param name="seed">Turns the phases, so that connections to several peers do not beat in time.</param>
    public static void SpreadPhases(IEnumerable<PollTask> tasks, long origin, uint seed)
    {
        var turn = seed / (double)uint.MaxValue;
        foreach (var task in tasks)
        {
            turn = (turn + Golden) % 1;
            task.Phase = origin + (long)(turn * task.PeriodTicks);
        }
    }

    /// <summary>Puts a request, done or given up, to its next due time.</summary>
    /// <param name="task">Which.</param>
    /// <param name="now">Ticks.</param>
    /// <param name="wasWanted">Whether due times that passed meanwhile count: the connection is too slow for what is asked of it.</param>
    public void Reschedule(PollTask task, long now, bool wasWanted)
    {
        var passed = task.MoveOn(now);
        if (wasWanted && passed > 0)
        {
            report.Overran(passed);
        }

        _waiting.Enqueue(task, task.Due);
    }

    /// <summary>Puts a request back to be sent again.</summary>
    public void Again(PollTask task, long at) => _waiting.Enqueue(task, at);

    public void Ready(PollTask task) => _ready.Enqueue(task);

    /// <summary>Moves what is due by now to the end of the line.</summary>
    public void Advance(long now)
    {
        while (_waiting.TryPeek(out var task, out var due) && due <= now)
        {
            _waiting.Dequeue();
            task.BecomeDue(now);
            _ready.Enqueue(task);
        }
    }

    public bool TryTake(out PollTask task) => _ready.TryDequeue(out task!);
}
