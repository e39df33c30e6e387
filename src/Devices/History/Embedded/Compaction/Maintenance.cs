using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;
using Fengsui.Devices.History.Embedded.Tiers;
using Fengsui.Devices.Sqlite;

namespace Fengsui.Devices.History.Embedded.Compaction;

/// <summary>
/// Tiers, retention and merging, after each flush, on a thread of its own. A merge writes the new file first, then replaces the
/// index rows in one transaction, then deletes the old files; queries that read them keep them open.
/// </summary>
internal sealed class Maintenance : IDisposable
{
    private readonly EmbeddedHistoryOptions _options;
    private readonly TimeProvider _time;
    private readonly GroupStore _store;
    private readonly HistoryContents _contents;
    private readonly DamageLog _damage;
    private readonly Lock _running = new();
    private readonly AutoResetEvent _wanted = new(initialState: true);
    private readonly CancellationTokenSource _closing = new();
    private readonly TierMaintenance _tiers;
    private readonly Thread? _thread;
    private long _merges;
    private long _retired;
    private long _failures;

    public Maintenance(
        EmbeddedHistoryOptions options, TimeProvider time, GroupStore store, HistoryContents contents, DamageLog damage)
    {
        _options = options;
        _time = time;
        _store = store;
        _contents = contents;
        _damage = damage;
        _tiers = new TierMaintenance(options, store, contents, damage, _closing.Token);
        if (!options.BackgroundMaintenance)
            return;
        _thread = new Thread(Run) { Name = "history-merge", IsBackground = true, Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    public long Merges => Volatile.Read(ref _merges);

    public long Retired => Volatile.Read(ref _retired);

    public long TiersBuilt => _tiers.Built;

    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Asks the thread for a round.</summary>
    public void Wake() => _wanted.Set();

    /// <summary>One deletion, one merge or one raw group summed up; false when there was nothing to do or it could not be done now.</summary>
    public bool RunOnce()
    {
        lock (_running)
        {
            try
            {
                return BuildOrRetire() || Merge() || _tiers.Merge();
            }
            catch (Exception exception) when (SqliteFile.IsEnvironment(exception))
            {
                _failures++;
                _options.OnIncident?.Invoke(new HistoryIncident(HistoryIncidentKind.CompactionFailed, "", exception.Message));
                return false;
            }
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _wanted.Set();
        _thread?.Join();
        _closing.Dispose();
        _wanted.Dispose();
    }

    private void Run()
    {
        while (_wanted.WaitOne() && !_closing.IsCancellationRequested)
        {
            while (!_closing.IsCancellationRequested && RunOnce())
            {
            }
        }
    }

    /// <summary>Raw groups go only when every tier has summed them up.</summary>
    private bool BuildOrRetire()
    {
        var nowMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var expired = MergePolicy.Expired(_contents.View, _options, nowMs);
        if (_tiers.Build(expired))
            return true;
        if (_tiers.Retire(nowMs, out var retired))
        {
            _retired += retired;
            return true;
        }

        if (expired.Count == 0)
            return false;
        var floor = Math.Max(_contents.View.RawFloorMs, expired.Max(group => group.Info.MaxTimeMs) + 1);
        Replace(expired, merged: null, floor);
        _retired += expired.Count;
        return true;
    }

    private bool Merge()
    {
        var groups = MergePolicy.NextMerge(_contents.View.Groups, _options, _contents.View.Tiers);
        if (groups.Count == 0)
            return false;
        using var writer = _store.Create(groups[0].Info.StartPosition, groups[^1].Info.EndPosition, groups[0].Info.Level + 1);
        try
        {
            new GroupMerge(groups, _damage, _closing.Token).WriteTo(writer);
        }
        catch (Exception exception) when (exception is InvalidDataException or OperationCanceledException)
        {
            _store.Discard(writer);
            return Blame(groups);
        }

        Replace(groups, _store.Open(writer.Finish([])), _contents.View.RawFloorMs);
        _merges++;
        return true;
    }

    private void Replace(IReadOnlyList<GroupFile> groups, GroupFile? merged, long rawFloorMs)
    {
        try
        {
            _store.Replace(groups, merged?.Info, (TierState.RawFloor, rawFloorMs));
        }
        catch
        {
            merged?.Release();
            throw;
        }

        _contents.Replace([.. groups], merged, rawFloorMs);
        _store.Delete(groups);
    }

    /// <summary>True when a damaged group was found, which the next round leaves out.</summary>
    private static bool Blame(ArraySegment<GroupFile> groups) => groups.Any(group => group.IsDamaged);
}
