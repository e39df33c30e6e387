using Fengsui.Devices.Records;
using Fengsui.Rules;

namespace Fengsui.Devices.Engine;

/// <summary>
/// Takes rule sets in: all or nothing. An accepted one is a numbered journal record with its whole text, and takes
/// effect for every device at that place in the journal.
/// </summary>
public sealed class RuleSetAdmission : IDisposable
{
    private readonly DeviceEngine _engine;
    private readonly SemaphoreSlim _one = new(1, 1);

    internal RuleSetAdmission(DeviceEngine engine)
    {
        _engine = engine;
    }

    /// <summary>The rule set in force; null before the first.</summary>
    public async Task<RuleSetRecord?> CurrentAsync()
    {
        var records = await _engine.AllShardsAsync(core => core.Actors.RuleSetRecord).ConfigureAwait(false);
        return records[0];
    }

    /// <summary>Parses, and when there is no error and something changed, appends and waits until it is in force.</summary>
    public async Task<RuleSetOutcome> SubmitAsync(
        IReadOnlyList<RuleFile> files, string author, CancellationToken cancellation)
    {
        var parsed = RuleSet.Parse(files);
        if (parsed.RuleSet is null)
        {
            return new RuleSetOutcome(false, 0, parsed.Diagnostics);
        }

        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // What was appended before, perhaps by a call that was cancelled, is in force by then.
            await _engine.DrainAsync(cancellation).ConfigureAwait(false);
            var current = await CurrentAsync().ConfigureAwait(false);
            if (current is not null && current.Files.SequenceEqual(files))
            {
                return new RuleSetOutcome(true, current.Version, parsed.Diagnostics);
            }

            var record = new RuleSetRecord((current?.Version ?? 0) + 1, author, _engine.Clock.NowMs(), [.. files]);
            var encoded = record.Encode();
            if (encoded.Length > _engine.JournalLog.MaxBatchBytes)
            {
                return new RuleSetOutcome(false, 0, [.. parsed.Diagnostics, TooLarge(files, encoded.Length)]);
            }

            DeclareMetrics(parsed.RuleSet);
            await AppendAsync(encoded, cancellation).ConfigureAwait(false);
            await _engine.DrainAsync(cancellation).ConfigureAwait(false);
            return new RuleSetOutcome(true, record.Version, parsed.Diagnostics);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private Diagnostic TooLarge(IReadOnlyList<RuleFile> files, int bytes) => new(
        files[0].Path, 1, 1, Severity.Error, DiagnosticCodes.OutOfRange, $"all rule files together take {bytes} bytes",
        $"at most {_engine.JournalLog.MaxBatchBytes}");

    /// <summary>Before the record, so that a replay gives the metrics that rules name the same ids.</summary>
    private void DeclareMetrics(RuleSet rules)
    {
        foreach (var metric in rules.Rules.SelectMany(rule => rule.Metrics))
        {
            if (!_engine.Registry.TryRuleMetric(metric))
            {
                throw new InvalidOperationException($"no room for metric {metric}: raise max_metrics");
            }
        }
    }

    private async Task AppendAsync(byte[] batch, CancellationToken cancellation)
    {
        while (!_engine.Intake.TryAppend(batch, null, out _))
        {
            await _engine.Intake.WaitForRoomAsync(cancellation).ConfigureAwait(false);
        }
    }
}
