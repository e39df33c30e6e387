namespace Fengsui.Devices.History.Embedded.Groups;

/// <summary>
/// Brings folder and index into step when the store opens. The outcome depends only on what is on the disk:
/// temporary files go; damaged files go to quarantine; a complete file beyond the committed position is adopted (a crash
/// came between its rename and its index row); any other file that the index does not name was merged or retired, and goes.
/// When the index itself was lost, it is rebuilt from the files, a merged group before the groups that it covers.
/// </summary>
internal sealed class GroupRecovery(
    string directory, IHistoryFiles files, DirectoryCache cache, GroupIndex index, bool indexLost, Action<HistoryIncident> report)
{
    private readonly List<GroupFile> _groups = [];

    public bool IsIndexLost => indexLost;

    public long Quarantined { get; private set; }

    /// <summary>The readable groups, by end position.</summary>
    public List<GroupFile> Run()
    {
        foreach (var temporary in Directory.GetFiles(directory, "*" + GroupLayout.TemporaryExtension))
            files.Delete(temporary);
        OpenIndexed();
        Reconcile();
        _groups.Sort((left, right) => left.Info.EndPosition.CompareTo(right.Info.EndPosition));
        return _groups;
    }

    private void OpenIndexed()
    {
        foreach (var info in index.ReadGroups())
        {
            if (!File.Exists(PathOf(info.File)))
            {
                index.Replace([info], added: null);
                report(new HistoryIncident(HistoryIncidentKind.GroupMissing, info.File, $"{info.Rows} rows up to position {info.EndPosition} are gone"));
            }
            else if (TryOpen(info.File, verifyAll: false) is { } group)
            {
                _groups.Add(group);
            }
            else
            {
                index.Replace([info], added: null);
            }
        }
    }

    private void Reconcile()
    {
        var known = _groups.Select(group => group.Info.File).ToHashSet();
        var orphans = Directory.GetFiles(directory, "g-*" + GroupLayout.Extension)
            .Select(path => Path.GetFileName(path))
            .Where(file => !known.Contains(file))
            .Select(file => TryOpen(file, verifyAll: true))
            .OfType<GroupFile>()
            .OrderByDescending(group => group.Info.Level)
            .ThenBy(group => group.Info.EndPosition)
            .ToList();
        foreach (var orphan in orphans)
            Settle(orphan);
    }

    private void Settle(GroupFile orphan)
    {
        var info = orphan.Info;
        var committed = index.CommittedPosition;
        var covered = _groups.Exists(group => group.Info.Covers(info));
        if (!covered && (indexLost || info.StartPosition == committed))
        {
            Adopt(orphan);
            return;
        }

        orphan.Release();
        if (covered || info.EndPosition <= committed)
            files.Delete(orphan.Path);
        else
            Quarantine(info.File, $"it follows position {info.StartPosition}, but {committed} is committed");
    }

    private void Adopt(GroupFile orphan)
    {
        index.Commit(orphan.Info, orphan.Info.EndPosition, orphan.ReadLateDuplicates());
        _groups.Add(orphan);
        report(new HistoryIncident(HistoryIncidentKind.GroupAdopted, orphan.Info.File, $"{orphan.Info.Rows} rows up to position {orphan.Info.EndPosition}"));
    }

    /// <summary>Null when the file does not verify; it is then in quarantine.</summary>
    public GroupFile? TryOpen(string file, bool verifyAll)
    {
        try
        {
            var group = GroupFile.Open(PathOf(file), cache);
            try
            {
                if (verifyAll)
                    group.VerifyAll();
                return group;
            }
            catch (InvalidDataException)
            {
                group.Release();
                throw;
            }
        }
        catch (InvalidDataException exception)
        {
            Quarantine(file, exception.Message);
            return null;
        }
    }

    private void Quarantine(string file, string why)
    {
        var folder = Path.Combine(directory, GroupStore.QuarantineFolder);
        Directory.CreateDirectory(folder);
        files.Rename(PathOf(file), Path.Combine(folder, file));
        Quarantined++;
        report(new HistoryIncident(HistoryIncidentKind.GroupQuarantined, file, why));
    }

    public void Report(HistoryIncident incident) => report(incident);

    private string PathOf(string file) => Path.Combine(directory, file);
}
