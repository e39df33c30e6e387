using Fengsui.Devices.History.Embedded.Groups;

namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>Reports each damaged chunk once and keeps its group out of merges.</summary>
internal sealed class DamageLog(Action<HistoryIncident> report)
{
    /// <summary>Bound on remembered places; beyond it further damage is neither counted nor reported.</summary>
    private const int MaxRemembered = 10_000;

    private readonly Lock _gate = new();
    private readonly HashSet<(string File, long Offset)> _known = [];
    private long _chunks;

    public long Chunks => Volatile.Read(ref _chunks);

    public void Report(GroupFile group, long offset, string detail)
    {
        lock (_gate)
        {
            group.IsDamaged = true;
            if (_known.Count >= MaxRemembered || !_known.Add((group.Info.File, offset)))
                return;
            _chunks++;
        }

        report(new HistoryIncident(HistoryIncidentKind.ChunkDamaged, group.Info.File, detail));
    }
}
