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

    private readonly RuleSetCommands _commands;

    internal RuleSetAdmission(DeviceEngine engine, VersionStore versions)
    {
        _engine = engine;
        Versions = versions;
        _commands = new RuleSetCommands(versions);
    }

    /// <summary>Told of each change that was refused; of a roll-back or a trial that came to nothing the files are those that were meant, as far as there are any.</summary>
    internal Action<RuleSetChange, RuleSetOutcome>? NotDone { get; set; }

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
        var whole = change with { Files = Whole(change.Files) };
        var parsed = RuleSet.Parse(whole.Files);
        return Told(change, parsed.RuleSet is { } rules
            ? await AloneAsync(whole.Command, current => AcceptAsync(current, whole, rules, parsed.Diagnostics, cancellation), cancellation).ConfigureAwait(false)
            : new RuleSetOutcome(false, 0, parsed.Diagnostics));
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
            return Told(new RuleSetChange(files, RuleSetOrigins.Config, RuleSetOrigins.Config), new RuleSetOutcome(false, 0, own.Diagnostics));
        }

        var change = new RuleSetChange(whole, RuleSetOrigins.Config, RuleSetOrigins.Config) { MayRemove = true, ConfigFingerprint = own.RuleSet.Fingerprint };
        return Told(change, await AloneAsync(
            RuleSetCommand.None,
            current => current is not null && current.ConfigFingerprint == change.ConfigFingerprint
                ? KeepAsync(current, change, own.Diagnostics, cancellation)
                : AcceptAsync(current, change, rules, own.Diagnostics, cancellation),
            cancellation).ConfigureAwait(false));
    }

    /// <summary>Puts the files of an earlier version in force again, as a new version.</summary>
    public Task<RuleSetOutcome> RollbackAsync(int version, string author, string comment, CancellationToken cancellation) =>
        RollbackAsync(version, author, comment, RuleSetCommand.None, cancellation);

    /// <inheritdoc cref="RollbackAsync(int, string, string, CancellationToken)"/>
    public async Task<RuleSetOutcome> RollbackAsync(int version, string author, string comment, RuleSetCommand command, CancellationToken cancellation)
    {
        var why = comment.Length > 0 ? comment : $"back to version {version}";
        var change = new RuleSetChange(Versions.Find(version)?.Files ?? [], author, RuleSetOrigins.Rollback) { Comment = why, MayRemove = true, Command = command };
        return change.Files.Count > 0 || Versions.Find(version) is not null
            ? await SubmitAsync(change, cancellation).ConfigureAwait(false)
            : Told(change, RuleSetOutcome.Refused($"version {version} is not kept: {Kept()}"));
    }

    /// <summary>Puts rules of the version in force into shadow, or takes them out of it; their state stays.</summary>
    /// <param name="rules">Ids; null is every rule that is not as wished.</param>
    public Task<RuleSetOutcome> ShadowAsync(IReadOnlyCollection<string>? rules, bool isShadow, string author, string comment, CancellationToken cancellation) =>
        ShadowAsync(rules, isShadow, author, comment, RuleSetCommand.None, cancellation);

    /// <inheritdoc cref="ShadowAsync(IReadOnlyCollection{string}, bool, string, string, CancellationToken)"/>
    public async Task<RuleSetOutcome> ShadowAsync(
        IReadOnlyCollection<string>? rules, bool isShadow, string author, string comment, RuleSetCommand command, CancellationToken cancellation)
    {
        var change = new RuleSetChange([], author, isShadow ? RuleSetOrigins.Shadow : RuleSetOrigins.Promote) { Comment = comment, Command = command };
        return Told(change, await AloneAsync(
            command,
            async current =>
            {
                var files = current?.Files ?? [];
                var wanted = rules ?? [.. RuleSetDiff.RulesOf(files).Rules.Where(rule => rule.Shadow != isShadow && !CanaryRule.IsOwn(rule.Id)).Select(rule => rule.Id)];
                var edited = Whole(ShadowEdit.Apply(files, wanted, isShadow, out var mistakes));
                var parsed = RuleSet.Parse(edited);
                if (mistakes.Count > 0 || parsed.RuleSet is null)
                {
                    return RuleSetOutcome.Refused(string.Join("; ", mistakes));
                }

                change = change with { Files = edited };
                return await AcceptAsync(current, change, parsed.RuleSet, parsed.Diagnostics, cancellation).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false));
    }

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

    private RuleSetOutcome Told(RuleSetChange change, RuleSetOutcome outcome)
    {
        if (!outcome.Accepted)
        {
            NotDone?.Invoke(change, outcome);
        }

        return outcome;
    }

    private async Task<RuleSetOutcome> AloneAsync(RuleSetCommand command, Func<RuleSetRecord?, Task<RuleSetOutcome>> change, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // What was appended before, perhaps by a call that was cancelled, is in force by then.
            await _engine.DrainAsync(cancellation).ConfigureAwait(false);
            return Repeated(command) ?? await change(await CurrentAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>What became of a request that was done before; null when it was not.</summary>
    private RuleSetOutcome? Repeated(RuleSetCommand command)
    {
        if (_commands.Find(command) is not { } done)
        {
            return null;
        }

        if (done.Command.Digest != command.Digest)
        {
            return RuleSetOutcome.Refused("this key came with another request before: take a new one", isConflict: true) with { IsReused = true };
        }

        var before = Versions.Find(done.Version - 1)?.Files ?? [];
        return new RuleSetOutcome(true, done.Version, RuleSet.Parse(done.Files).Diagnostics) { Changes = RuleSetDiff.Of(before, done.Files) };
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
            Command = change.Command,
        };
        var encoded = record.Encode();
        if (encoded.Length > _engine.JournalLog.MaxBatchBytes)
        {
            return new RuleSetOutcome(false, 0, [.. diagnostics, TooLarge(change.Files, encoded.Length)]);
        }

        if (UndeclaredMetric(rules) is { } metric)
        {
            return RuleSetOutcome.Refused($"there is no room for the metric {metric}: raise max_metrics");
        }

        await AppendAsync(encoded, cancellation).ConfigureAwait(false);
        await _engine.DrainAsync(cancellation).ConfigureAwait(false);
        _engine.KeepVersion(record);
        _commands.Add(record);
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

    /// <summary>Declares what the rules read before the record, so that a replay gives it the same ids. The first for which there is no room; null when all are there.</summary>
    private string? UndeclaredMetric(RuleSet rules) => rules.Metrics.FirstOrDefault(metric => !_engine.Registry.TryRuleMetric(metric));

    private async Task AppendAsync(byte[] batch, CancellationToken cancellation)
    {
        while (!_engine.Intake.TryAppend(batch, null, out _))
        {
            await _engine.Intake.WaitForRoomAsync(cancellation).ConfigureAwait(false);
        }
    }
}
