using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;
using Fengsui.Devices.Sqlite;

namespace Fengsui.Devices.History.Embedded.Compaction;

/// <summary>
/// Retention and merging, after each flush, on a thread of its own. A merge writes the new file first, then replaces the
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
        if (!options.BackgroundMaintenance)
            return;
        _thread = new Thread(Run) { Name = "history-merge", IsBackground = true, Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    public long Merges => Volatile.Read(ref _merges);

    public long Retired => Volatile.Read(ref _retired);

    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Asks the thread for a round.</summary>
    public void Wake() => _wanted.Set();

    /// <summary>One deletion or one merge; false when there was nothing to do or it could not be done now.</summary>
    public bool RunOnce()
    {
        lock (_running)
        {
            try
            {
                return Retire() || Merge();
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

    private bool Retire()
    {
        var expired = MergePolicy.Expired(_contents.View.Groups, _options, _time.GetUtcNow().ToUnixTimeMilliseconds());
        if (expired.Count == 0)
            return false;
        Replace(expired, merged: null);
        _retired += expired.Count;
        return true;
    }

    private bool Merge()
    {
        var groups = MergePolicy.NextMerge(_contents.View.Groups, _options);
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

        Replace(groups, _store.Open(writer.Finish([])));
        _merges++;
        return true;
    }

    private void Replace(IReadOnlyList<GroupFile> groups, GroupFile? merged)
    {
        try
        {
            _store.Replace(groups, merged?.Info);
        }
        catch
        {
            merged?.Release();
            throw;
        }

        _contents.Replace([.. groups], merged);
        _store.Delete(groups);
    }

    /// <summary>True when a damaged group was found, which the next round leaves out.</summary>
    private static bool Blame(ArraySegment<GroupFile> groups) => groups.Any(group => group.IsDamaged);
}
