using Fengsui.Rules.Model;

namespace Fengsui.Rules.Alerts.Noise;

/// <summary>
/// Who speaks for whom: what fires and was told, and what is held back behind it. A fold of the same entries as <see cref="AlertStatus"/>, without a look at the
/// policy, so that a restart finds it again; the policy only says what is held back from now on.
/// </summary>
internal sealed class NoiseBoard(Func<string, AlertStatus?> find)
{
    /// <summary>Alerts of a zone that are looked at for one that explains another.</summary>
    private const int MaxLookedAt = 64;

    private readonly Dictionary<string, SortedSet<(int Gravity, long Number, string Id)>> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<(long Number, string Id)>> _explained = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _explainedBy = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Zone, string Cause), AlertGroup> _groups = [];
    private readonly SortedDictionary<(string Enterprise, string Zone), Flood> _floods = new(Comparer<(string Enterprise, string Zone)>.Create(Compare));
    private readonly SortedSet<(string Enterprise, string Zone)> _flooding = new(Comparer<(string Enterprise, string Zone)>.Create(Compare));
    private readonly SortedSet<(long Number, string Id)> _orphans = [];

    /// <summary>What cannot be seen from where each alert stands.</summary>
    public NoiseImage Image() => new(
        [.. _groups.Select(pair => new GroupImage(pair.Key.Zone, pair.Key.Cause, pair.Value.Leader, pair.Value.LeaderMs))],
        [.. _floods.Select(pair => pair.Value.Image(pair.Key))],
        [.. _explainedBy.Select(pair => new ExplainedImage(pair.Key, pair.Value))],
        [.. _orphans.Select(orphan => orphan.Id)]);

    /// <param name="known">Where each alert stands.</param>
    public void Restore(NoiseImage image, IReadOnlyList<AlertStatus> known)
    {
        foreach (var group in image.Groups)
        {
            _groups.Add((group.Zone, group.Cause), new AlertGroup { Leader = group.Leader, LeaderMs = group.LeaderMs });
        }

        foreach (var flood in image.Floods)
        {
            _floods.Add((flood.Enterprise, flood.Zone), Flood.Of(flood));
            if (flood.IsOn)
            {
                _flooding.Add((flood.Enterprise, flood.Zone));
            }
        }

        var sources = image.Explained.ToDictionary(one => one.Alert, one => one.By, StringComparer.Ordinal);
        foreach (var status in known)
        {
            Add(status, sources.GetValueOrDefault(status.Id, status.Group));
        }

        _orphans.UnionWith(image.Orphans.Select(id => find(id)).OfType<AlertStatus>().Select(status => (status.Number, status.Id)));
    }

    /// <summary>Held back, though nobody speaks for them any more; oldest first.</summary>
    public (long Number, string Id)? Orphan => _orphans.Count > 0 ? _orphans.Min : null;

    /// <summary>Whether something begins after a quiet time in its enterprise and zone.</summary>
    public bool IsFirstOut(AlertStep step, NoisePolicy policy) =>
        policy.Flood is { } flood && step is { IsBegin: true, IsFiring: true } && (!_floods.TryGetValue((step.Enterprise, step.Zone), out var known) || known.NewestMs < step.AtMs - flood.WithinMs);

    /// <summary>Whether receivers are told of a step. Nothing of the highest tier, entering or leaving it, is ever held back.</summary>
    public Verdict Judge(AlertStatus? status, AlertStep step, NoisePolicy policy)
    {
        if (step.ToldTier == Tier.CrossBorder || step.PreviousTier == Tier.CrossBorder)
        {
            return Verdict.Told;
        }

        if (status is { IsShelved: true })
        {
            return new Verdict(HoldReason.Shelved, "");
        }

        if (status is { IsFlapping: true })
        {
            return new Verdict(HoldReason.Flapping, "");
        }

        if (!step.IsFiring || (!step.IsBegin && status is not { HeldBy: not HoldReason.None }))
        {
            // Who was told that it fires is told what becomes of it; who was not, is not.
            return status is null ? Verdict.Told : new Verdict(status.HeldBy, status.Group);
        }

        return Explained(step, policy) ?? Grouped(step, policy) ?? Flooded(step, policy) ?? Verdict.Told;
    }

    /// <summary>Whether the beginnings in the zone of an alert have become a flood with it.</summary>
    public bool IsFloodBegun(AlertStatus status, FloodPolicy policy, long nowMs) =>
        _floods.TryGetValue((status.Enterprise, status.Zone), out var flood) && !flood.IsOn && flood.CountSince(nowMs - policy.WithinMs) > policy.Alerts;

    public string FirstOutOf(AlertStatus status) => _floods.TryGetValue((status.Enterprise, status.Zone), out var flood) ? flood.FirstOut : "";

    /// <summary>The alerts with which floods were seen that are over by now.</summary>
    public List<string> OverFloods(FloodPolicy? policy, long nowMs) =>
        [.. _flooding.Select(key => _floods[key]).Where(flood => policy is null || flood.CountSince(nowMs - policy.WithinMs) < policy.Below).Select(flood => find(flood.SeenWith) is null && flood.Held.Count > 0 ? flood.Held.Min.Id : flood.SeenWith)];

    /// <summary>Nothing is grouped or explained any more under other rules: what was is told.</summary>
    public void Leave(NoisePolicy policy)
    {
        if (policy.Grouping is null)
        {
            foreach (var held in _groups.Values.SelectMany(group => group.Held))
            {
                _orphans.Add((held.Number, held.Id));
            }
        }

        if (policy.Inhibit.Count == 0)
        {
            _orphans.UnionWith(_explained.Values.SelectMany(held => held));
        }
    }

    public void Fold(AlertStatus? before, AlertStatus after, AlertStep? step, AlertFact? fact)
    {
        var (source, isOrphan) = before is null ? (null, false) : Remove(before);
        Add(after, step is not null && step.Group != before?.Group ? step.Group : source ?? after.Group);
        if (isOrphan && after is { IsFiring: true, HeldBy: HoldReason.Inhibited or HoldReason.Grouped or HoldReason.Flood })
        {
            _orphans.Add((after.Number, after.Id));
        }

        if (step is { IsBegin: true, IsFiring: true })
        {
            FloodOf(after).Begin(step.AtMs);
            FloodOf(after).FirstOut = step.IsFirstOut ? after.Id : FloodOf(after).FirstOut;
        }

        if (IsTold(after) && ((step is { IsBegin: true } && step.HeldBy == HoldReason.None) || fact?.Kind == AlertEventKind.Released))
        {
            Lead(after, step?.AtMs ?? fact!.AtMs);
        }

        if (before is not null && IsTold(before) && (!IsTold(after) || after.Tier < before.Tier || after.Zone != before.Zone))
        {
            Forsake(before);
        }

        if (fact?.Kind is AlertEventKind.FloodBegan or AlertEventKind.FloodEnded)
        {
            Switch(after, fact.Kind == AlertEventKind.FloodBegan);
        }
    }

    private static int Compare((string Enterprise, string Zone) a, (string Enterprise, string Zone) b) =>
        string.CompareOrdinal(a.Enterprise, b.Enterprise) is var first && first != 0 ? first : string.CompareOrdinal(a.Zone, b.Zone);

    private static bool IsTold(AlertStatus status) => status is { IsFiring: true, HeldBy: HoldReason.None, IsClosed: false };

    private static (string Zone, string Cause) GroupKey(string zone, IReadOnlyDictionary<string, string> labels, string rule) =>
        (zone, labels.TryGetValue("cause", out var cause) ? cause : rule);

    private static (int Gravity, long Number, string Id) Ranked(AlertStatus status) => (-(int)status.Tier, status.Number, status.Id);

    private Verdict? Explained(AlertStep step, NoisePolicy policy)
    {
        if (policy.Inhibit.Count == 0 || !_told.TryGetValue(step.Zone, out var told))
        {
            return null;
        }

        foreach (var (gravity, _, id) in told.Take(MaxLookedAt))
        {
            if (-gravity <= (int)step.Tier)
            {
                return null;
            }

            if (find(id) is { } source && policy.Inhibit.Any(rule => rule.Hides(step) && rule.IsSource(source)))
            {
                return new Verdict(HoldReason.Inhibited, id);
            }
        }

        return null;
    }

    private Verdict? Grouped(AlertStep step, NoisePolicy policy) =>
        policy.Grouping is { } grouping
        && _groups.TryGetValue(GroupKey(step.Zone, step.Labels, step.Rule), out var group)
        && group.Leader is { } leader && leader != step.AlertId && step.AtMs - group.LeaderMs <= grouping.WithinMs
        && find(leader) is { } first && first.Tier >= step.Tier
            ? new Verdict(HoldReason.Grouped, leader)
            : null;

    private Verdict? Flooded(AlertStep step, NoisePolicy policy) =>
        policy.Flood is { } policed && step.Tier <= policed.UpTo && _floods.TryGetValue((step.Enterprise, step.Zone), out var flood) && flood.IsOn
            ? new Verdict(HoldReason.Flood, flood.FirstOut)
            : null;

    private void Add(AlertStatus status, string source)
    {
        if (IsTold(status))
        {
            KeyedSets.Of(_told, status.Zone).Add(Ranked(status));
        }
        else if (status is { IsFiring: true, IsClosed: false })
        {
            Hold(status, source);
        }
    }

    private void Hold(AlertStatus status, string source)
    {
        switch (status.HeldBy)
        {
            case HoldReason.Inhibited:
                _explainedBy[status.Id] = source;
                KeyedSets.Of(_explained, source).Add((status.Number, status.Id));
                break;
            case HoldReason.Grouped:
                GroupOf(status).Held.Add(Ranked(status));
                break;
            case HoldReason.Flood:
                FloodOf(status).Held.Add((status.Number, status.Id));
                break;
        }
    }

    /// <returns>Who explained it, and whether nobody spoke for it any more.</returns>
    private (string? Source, bool IsOrphan) Remove(AlertStatus status)
    {
        if (IsTold(status))
        {
            KeyedSets.Take(_told, status.Zone, Ranked(status));
            return default;
        }

        switch (status.HeldBy)
        {
            case HoldReason.Grouped:
                GroupOf(status).Held.Remove(Ranked(status));
                break;
            case HoldReason.Flood:
                FloodOf(status).Held.Remove((status.Number, status.Id));
                break;
        }

        if (_explainedBy.Remove(status.Id, out var source))
        {
            KeyedSets.Take(_explained, source, (status.Number, status.Id));
        }

        return (source, _orphans.Remove((status.Number, status.Id)));
    }

    private void Lead(AlertStatus status, long atMs)
    {
        var group = GroupOf(status);
        (group.Leader, group.LeaderMs) = (status.Id, atMs);
    }

    /// <summary>Whoever this alert spoke for needs another, or is told.</summary>
    private void Forsake(AlertStatus status)
    {
        var group = GroupOf(status);
        if (group.Leader == status.Id)
        {
            group.Leader = null;
            if (group.Held.Count > 0)
            {
                var next = group.Held.Min;
                _orphans.Add((next.Number, next.Id));
            }
        }

        if (!_explained.Remove(status.Id, out var held))
        {
            return;
        }

        var other = _told.TryGetValue(status.Zone, out var told) && -told.Min.Gravity >= (int)status.Tier ? told.Min.Id : null;
        foreach (var one in held)
        {
            if (other is null)
            {
                _explainedBy.Remove(one.Id);
                _orphans.Add(one);
            }
            else
            {
                _explainedBy[one.Id] = other;
                KeyedSets.Of(_explained, other).Add(one);
            }
        }
    }

    /// <summary>The alert with which a flood was seen may be in another zone by the time the flood ends.</summary>
    private void Switch(AlertStatus status, bool isOn)
    {
        if (isOn)
        {
            var flood = FloodOf(status);
            (flood.IsOn, flood.SeenWith) = (true, status.Id);
            _flooding.Add((status.Enterprise, status.Zone));
            return;
        }

        foreach (var key in _flooding.Where(key => _floods[key].SeenWith == status.Id).ToList())
        {
            _floods[key].IsOn = false;
            _flooding.Remove(key);
            _orphans.UnionWith(_floods[key].Held);
        }
    }

    private AlertGroup GroupOf(AlertStatus status)
    {
        var key = GroupKey(status.Zone, status.Labels, status.Rule);
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups.Add(key, group = new AlertGroup());
        }

        return group;
    }

    private Flood FloodOf(AlertStatus status)
    {
        var key = (status.Enterprise, status.Zone);
        if (!_floods.TryGetValue(key, out var flood))
        {
            _floods.Add(key, flood = new Flood());
        }

        return flood;
    }
}
