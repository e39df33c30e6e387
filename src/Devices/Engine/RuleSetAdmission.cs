using Fengsui.Devices.Canary;
using Fengsui.Devices.Records;
using Fengsui.Devices.RuleSets;
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

    internal RuleSetAdmission(DeviceEngine engine, VersionStore versions)
    {
        _engine = engine;
        Versions = versions;
    }

    /// <summary>The accepted rule sets, as far back as they are kept.</summary>
    public VersionStore Versions { get; }

    /// <summary>The rule set in force; null before the first.</summary>
    public async Task<RuleSetRecord?> CurrentAsync()
    {
        var records = await _engine.AllShardsAsync(core => core.Actors.RuleSetRecord).ConfigureAwait(false);
        return records[0];
    }

    /// <summary>What an accepted version says.</summary>
    public RuleSet RulesOf(RuleSetRecord record) => _engine.ParsedRules.Get(record);

    /// <summary>Parses, and when there is no error and something changed, appends and waits until it is in force.</summary>
    public Task<RuleSetOutcome> SubmitAsync(IReadOnlyList<RuleFile> files, string author, CancellationToken cancellation) =>
        SubmitAsync(new RuleSetChange(files, author, RuleSetOrigins.Api) { MayRemove = true }, cancellation);

    /// <inheritdoc cref="SubmitAsync(IReadOnlyList{RuleFile}, string, CancellationToken)"/>
    public async Task<RuleSetOutcome> SubmitAsync(RuleSetChange change, CancellationToken cancellation)
    {
        change = change with { Files = Whole(change.Files) };
        var parsed = RuleSet.Parse(change.Files);
        return parsed.RuleSet is { } rules
            ? await AloneAsync(current => AcceptAsync(current, change, rules, parsed.Diagnostics, cancellation), cancellation).ConfigureAwait(false)
            : new RuleSetOutcome(false, 0, parsed.Diagnostics);
    }

    /// <summary>Puts what the configuration directory holds in force, if it holds something else than when it was last taken over.</summary>
    /// <remarks>So a version that came another way, such as a rollback, is not undone by a restart.</remarks>
    public async Task<RuleSetOutcome> SubmitConfigAsync(IReadOnlyList<RuleFile> files, CancellationToken cancellation)
    {
        // By what people wrote: that the canary comes or goes is no change of theirs, and must not undo a rollback.
        var own = RuleSet.Parse(CanaryRule.Among(files, isOn: false));
        var whole = Whole(files);
        if (own.RuleSet is null || RuleSet.Parse(whole).RuleSet is not { } rules)
        {
            return new RuleSetOutcome(false, 0, own.Diagnostics);
        }

        var change = new RuleSetChange(whole, RuleSetOrigins.Config, RuleSetOrigins.Config) { MayRemove = true, ConfigFingerprint = own.RuleSet.Fingerprint };
        return await AloneAsync(
            current => current is not null && current.ConfigFingerprint == change.ConfigFingerprint
                ? KeepAsync(current, change, own.Diagnostics, cancellation)
                : AcceptAsync(current, change, rules, own.Diagnostics, cancellation),
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts the files of an earlier version in force again, as a new version.</summary>
    public async Task<RuleSetOutcome> RollbackAsync(int version, string author, string comment, CancellationToken cancellation)
    {
        if (Versions.Find(version) is not { } earlier)
        {
            return RuleSetOutcome.Refused($"version {version} is not kept: {Kept()}");
        }

        var why = comment.Length > 0 ? comment : $"back to version {version}";
        return await SubmitAsync(new RuleSetChange(earlier.Files, author, RuleSetOrigins.Rollback) { Comment = why, MayRemove = true }, cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts rules of the version in force into shadow, or takes them out of it; their state stays.</summary>
    /// <param name="rules">Ids; null is every rule that is not as wished.</param>
    public Task<RuleSetOutcome> ShadowAsync(
        IReadOnlyCollection<string>? rules, bool isShadow, string author, string comment, CancellationToken cancellation) =>
        AloneAsync(
            async current =>
            {
                var files = current?.Files ?? [];
                var wanted = rules ?? [.. RuleSetDiff.RulesOf(files).Rules.Where(rule => rule.Shadow != isShadow && rule.Id != CanaryRule.Id).Select(rule => rule.Id)];
                var edited = Whole(ShadowEdit.Apply(files, wanted, isShadow, out var mistakes));
                var parsed = RuleSet.Parse(edited);
                if (mistakes.Count > 0 || parsed.RuleSet is null)
                {
                    return RuleSetOutcome.Refused(string.Join("; ", mistakes));
                }

                var change = new RuleSetChange(edited, author, isShadow ? RuleSetOrigins.Shadow : RuleSetOrigins.Promote) { Comment = comment };
                return await AcceptAsync(current, change, parsed.RuleSet, parsed.Diagnostics, cancellation).ConfigureAwait(false);
            },
            cancellation);

    public void Dispose() => _one.Dispose();

    /// <summary>What is in force stays, with the canary's rule or without it.</summary>
    private Task<RuleSetOutcome> KeepAsync(RuleSetRecord current, RuleSetChange change, IReadOnlyList<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var whole = Whole(current.Files);
        return !whole.SequenceEqual(current.Files) && RuleSet.Parse(whole).RuleSet is { } rules
            ? AcceptAsync(current, change with { Files = whole, Comment = "the canary's rule" }, rules, diagnostics, cancellation)
            : Task.FromResult(new RuleSetOutcome(true, current.Version, diagnostics));
    }

    /// <summary>With the canary's rule when there is a canary, in its own words whatever was sent.</summary>
    private IReadOnlyList<RuleFile> Whole(IReadOnlyList<RuleFile> files) => CanaryRule.Among(files, _engine.Options.HasCanary);

    private async Task<RuleSetOutcome> AloneAsync(Func<RuleSetRecord?, Task<RuleSetOutcome>> change, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // What was appended before, perhaps by a call that was cancelled, is in force by then.
            await _engine.DrainAsync(cancellation).ConfigureAwait(false);
            return await change(await CurrentAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<RuleSetOutcome> AcceptAsync(
        RuleSetRecord? current, RuleSetChange change, RuleSet rules, IReadOnlyList<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (change.BasedOn is { } known && known != (current?.Version ?? 0))
        {
            return RuleSetOutcome.Refused($"version {current?.Version ?? 0} is in force, not {known}: look at what changed, then try again", isConflict: true);
        }

        if (!change.MayRemove && Forgotten(current, rules) is { Count: > 0 } forgotten)
        {
            return RuleSetOutcome.Refused(
                $"{forgotten.Count} live rules are not among these and would end, their alerts too: {string.Join(", ", forgotten.Take(10))}{(forgotten.Count > 10 ? ", …" : "")}. Say so when it is meant (remove)",
                isConflict: true);
        }

        var config = change.Origin == RuleSetOrigins.Config ? change.ConfigFingerprint : current?.ConfigFingerprint ?? "";
        if (current is not null && current.Files.SequenceEqual(change.Files) && current.ConfigFingerprint == config)
        {
            return new RuleSetOutcome(true, current.Version, diagnostics);
        }

        var record = new RuleSetRecord((current?.Version ?? 0) + 1, change.Author, _engine.Clock.NowMs(), [.. change.Files])
        {
            Origin = change.Origin,
            Comment = change.Comment,
            ConfigFingerprint = config,
        };
        var encoded = record.Encode();
        if (encoded.Length > _engine.JournalLog.MaxBatchBytes)
        {
            return new RuleSetOutcome(false, 0, [.. diagnostics, TooLarge(change.Files, encoded.Length)]);
        }

        DeclareMetrics(rules);
        await AppendAsync(encoded, cancellation).ConfigureAwait(false);
        await _engine.DrainAsync(cancellation).ConfigureAwait(false);
        _engine.KeepVersion(record);
        return new RuleSetOutcome(true, record.Version, diagnostics)
        {
            Changes = RuleSetDiff.Of(current is null ? RuleSet.Empty : RuleSetDiff.RulesOf(current.Files), rules),
        };
    }

    /// <summary>Rules that tell people now and would be gone.</summary>
    private static List<string> Forgotten(RuleSetRecord? current, RuleSet rules)
    {
        var there = rules.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        return [.. RuleSetDiff.RulesOf(current?.Files ?? []).Rules.Where(rule => rule is { Shadow: false, Disabled: false } && !there.Contains(rule.Id)).Select(rule => rule.Id)];
    }

    private string Kept() => Versions.Numbers() is [var first, .., var last] ? $"{first} to {last} are" : "give one that 'rules versions' lists";

    private Diagnostic TooLarge(IReadOnlyList<RuleFile> files, int bytes) => new(
        files[0].Path, 1, 1, Severity.Error, DiagnosticCodes.OutOfRange, $"all rule files together take {bytes} bytes",
        $"at most {_engine.JournalLog.MaxBatchBytes}");

    /// <summary>Before the record, so that a replay gives the metrics that rules name the same ids.</summary>
    private void DeclareMetrics(RuleSet rules)
    {
        foreach (var metric in rules.Metrics)
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
