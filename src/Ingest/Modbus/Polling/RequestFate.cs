using Fengsui.Ingest.Modbus.Codec;
using Fengsui.Ingest.Modbus.Registers;

namespace Fengsui.Ingest.Modbus.Polling;

/// <summary>What becomes of a request once it has an answer, or none: when it is sent next, and what is known of its values.</summary>
internal sealed class RequestFate(PollSchedule schedule, PollOptions options, IPollOutcome outcome)
{
    /// <summary>It was answered with values.</summary>
    public void Answered(PollTask task, ReadOnlySpan<byte> data, long now)
    {
        task.Unit.Answered();
        outcome.Answered(task, data);
        schedule.Reschedule(task, now, wasWanted: true);
    }

    /// <summary>The slave, or the gateway before it, could not do it.</summary>
    public void Excepted(PollTask task, ExceptionCode exception, long now)
    {
        var why = new PollFailure(PollFailureKind.Exception, exception);
        if (exception.IsUnreachable())
        {
            Missed(task, now, why);
            return;
        }

        task.Unit.Answered();
        if (exception.IsOfTheRange() && RequestHalves(task))
        {
            return;
        }

        if (exception.IsBusy() && task.Attempts++ < options.Retries)
        {
            schedule.Again(task, now + options.BusyDelay.Ticks);
            return;
        }

        outcome.Failed(task, why);
        schedule.Reschedule(task, now, wasWanted: true);
    }

    /// <summary>It has no answer: it is sent once more, or the unit is left alone for a while.</summary>
    public void Missed(PollTask task, long now, PollFailure why)
    {
        var unit = task.Unit;
        if (!unit.IsResting && task.Attempts++ < options.Retries)
        {
            schedule.Ready(task);
            return;
        }

        outcome.Failed(task, why);
        if (!unit.IsResting || unit.Probe == task)
        {
            // Not for a request that was under way when the rest began: one silence is one failure.
            unit.Rest(now, options);
            FailOthers(task);
        }

        schedule.Reschedule(task, unit.RestsUntil, wasWanted: false);
    }

    /// <summary>One register that does not exist must not cost its neighbours their values: each half is asked for on its own from now on.</summary>
    private bool RequestHalves(PollTask task)
    {
        if (RequestPlanner.Halve(task.Read) is not { } halves)
        {
            return false;
        }

        task.Unit.Tasks.Remove(task);
        foreach (var part in (ReadOnlySpan<PollTask>)[task.With(halves.Low), task.With(halves.High)])
        {
            task.Unit.Tasks.Add(part);
            schedule.Ready(part);
        }

        return true;
    }

    private void FailOthers(PollTask task)
    {
        foreach (var other in task.Unit.Tasks)
        {
            if (other != task)
            {
                outcome.Failed(other, new PollFailure(PollFailureKind.UnitSilent));
            }
        }
    }
}
