namespace Fengsui.Devices.History.Embedded.Groups;

/// <summary>The folder of group files and its index, kept in step.</summary>
internal sealed class GroupStore : IDisposable
{
    public const string QuarantineFolder = "quarantine";

    private readonly string _directory;
    private readonly IHistoryFiles _files;
    private readonly DirectoryCache _cache;
    private readonly GroupIndex _index;
    private long _committed;

    public GroupStore(string directory, IHistoryFiles files, DirectoryCache cache, GroupIndex index)
    {
        _directory = directory;
        _files = files;
        _cache = cache;
        _index = index;
        _committed = index.CommittedPosition;
    }

    public long CommittedPosition => Volatile.Read(ref _committed);

    /// <param name="stepMs">Of a tier; 0 for readings.</param>
    public GroupWriter Create(long startPosition, long endPosition, int level, long stepMs = 0) =>
        new(_files, _directory, startPosition, endPosition, level, stepMs);

    /// <summary>Opens a group that has just been written. A damaged one is the environment's doing, so it is written again.</summary>
    public GroupFile Open(GroupInfo info)
    {
        try
        {
            return GroupFile.Open(Path.Combine(_directory, info.File), _cache);
        }
        catch (InvalidDataException exception)
        {
            throw new IOException($"{info.File} does not read back: {exception.Message}", exception);
        }
    }

    public void Discard(GroupWriter writer)
    {
        writer.Dispose();
        _files.Delete(writer.TemporaryPath);
    }

    public void Commit(GroupInfo? group, long position, IReadOnlyList<LateDuplicateCount> lateDuplicates)
    {
        _index.Commit(group, position, lateDuplicates);
        Volatile.Write(ref _committed, position);
    }

    /// <summary>First the index, then the files: a crash between leaves files that the next open removes.</summary>
    public void Replace(IReadOnlyList<GroupFile> removed, GroupInfo? added, params ReadOnlySpan<(string Name, long Value)> states) =>
        _index.Replace([.. removed.Select(group => group.Info)], added, states);

    public void Delete(IEnumerable<GroupFile> removed)
    {
        foreach (var group in removed)
            _files.Delete(group.Path);
    }

    public List<LateDuplicateCount> LateDuplicatesAfter(long position) => _index.LateDuplicatesAfter(position);

    public void Dispose() => _index.Dispose();
}
