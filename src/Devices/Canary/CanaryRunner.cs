using Fengsui.Devices.Engine;
using Fengsui.Devices.Registry;

namespace Fengsui.Devices.Canary;

/// <summary>
/// Raises and clears the canary's alert, and says where it stayed when it does not come through. It knows nothing by itself: readings go in
/// where everybody's go in, and only what comes out at the end counts.
/// </summary>
/// <param name="watch">A sink of the engine, the last of them.</param>
/// <param name="write">Brings a value of the canary's metric in; completes when it is durable.</param>
public sealed class CanaryRunner(
    DeviceEngine engine, CanaryWatch watch, Func<double, CancellationToken, Task> write, CanaryOptions options, TimeProvider time)
{
    private CanaryState _state = CanaryState.First;

    /// <summary>After the newest round. Any thread.</summary>
    public CanaryState State => Volatile.Read(ref _state);

    /// <summary>One round: raise, see it, clear, see it. A round that finds the alert raised clears it first.</summary>
    public async Task<CanaryState> RunRoundAsync(CancellationToken cancellation)
    {
        engine.Registry.Declare(CanaryRule.Device, new DeviceFacts(CanaryRule.Device, DeviceFacts.DefaultZone, []));
        var started = time.GetTimestamp();
        var failure = IsRaised ? await StepAsync(isRaised: false, cancellation).ConfigureAwait(false) : null;
        failure ??= await StepAsync(isRaised: true, cancellation).ConfigureAwait(false);
        failure ??= await StepAsync(isRaised: false, cancellation).ConfigureAwait(false);
        var state = failure is { } at
            ? _state with { Missed = _state.Missed + 1, FailedAt = at.Stage, Reason = at.Reason }
            : new CanaryState(_state.Rounds + 1, _state.Missed, time.GetUtcNow().ToUnixTimeMilliseconds(), time.GetElapsedTime(started), CanaryStage.None, "");
        Volatile.Write(ref _state, state);
        return state;
    }

    private bool IsRaised => engine.ShadowAlerts.ActiveOf(CanaryRule.Device).Any(alert => alert.Latest.Rule == CanaryRule.Id);

    /// <summary>Null when it came through.</summary>
    private async Task<(CanaryStage Stage, string Reason)?> StepAsync(bool isRaised, CancellationToken cancellation)
    {
        var seen = watch.NextAsync(isRaised);
        var value = isRaised ? 1.0 : 0.0;
        try
        {
            if (!await InTimeAsync(write(value, cancellation), options.Deadline, cancellation).ConfigureAwait(false))
            {
                return engine.JournalLog.Health is { IsFailing: true } health
                    ? (CanaryStage.Journal, health.Reason ?? "commits fail")
                    : (CanaryStage.Journal, "the reading was not durable in time");
            }
        }
        catch (Exception refused) when (refused is not (OperationCanceledException or OutOfMemoryException))
        {
            return (CanaryStage.Intake, refused.Message);
        }

        return await InTimeAsync(seen, options.Deadline, cancellation).ConfigureAwait(false)
            ? null
            : await FindAsync(seen, value, cancellation).ConfigureAwait(false);
    }

    /// <summary>How far it came; null when it has come through after all.</summary>
    private async Task<(CanaryStage Stage, string Reason)?> FindAsync(Task seen, double value, CancellationToken cancellation)
    {
        var asked = engine.Queries.DeviceAsync(CanaryRule.Device);
        if (!await InTimeAsync(asked, options.AskPatience, cancellation).ConfigureAwait(false))
        {
            return (CanaryStage.Shard, "a shard does not answer: nothing that it owns is judged, and no alert can pass it");
        }

        var device = await asked.ConfigureAwait(false);
        if (device?.Latest.FirstOrDefault(latest => latest.Metric == CanaryRule.Metric)?.Value != value)
        {
            return (CanaryStage.Shard, "the shard has not taken the reading");
        }

        if (engine.AlertLogFault is { } fault)
        {
            return (CanaryStage.AlertLog, fault);
        }

        // The shards are past it: what does not settle now is held by whoever is told before us.
        if (!await InTimeAsync(engine.AlertsSettledAsync(), options.AskPatience, cancellation).ConfigureAwait(false))
        {
            return (CanaryStage.Delivery, "what is in the alert log is not given out: a sink before the canary's does not return");
        }

        return seen.IsCompleted ? null : (CanaryStage.Rule, "the device has the reading, and no alert came of it");
    }

    private async Task<bool> InTimeAsync(Task task, TimeSpan patience, CancellationToken cancellation)
    {
        try
        {
            await task.WaitAsync(patience, time, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            return false;
        }
    }
}
