using System.Globalization;

namespace Fengsui.Devices.Alerts.Storage;

/// <summary>Up to where everybody who follows the alert log has come: what lies behind is not dropped. There is no bound on how long somebody is waited for, since no alert may be lost.</summary>
/// <param name="folders">Folders of cursors, of those too who are not running.</param>
public sealed class AlertLogHold(IReadOnlyList<string> folders)
{
    private readonly Lock _gate = new();
    private readonly List<Func<long>> _followers = [];

    /// <param name="follower">The number of the last entry that it will not ask for again after a crash. Called on any thread.</param>
    public void Add(Func<long> follower)
    {
        lock (_gate)
        {
            _followers.Add(follower);
        }
    }

    public void Remove(Func<long> follower)
    {
        lock (_gate)
        {
            _followers.Remove(follower);
        }
    }

    /// <summary>Entries up to this number nobody asks for any more.</summary>
    public long Low()
    {
        lock (_gate)
        {
            return _followers.Select(follower => follower()).Concat(Cursors()).DefaultIfEmpty(long.MaxValue).Min();
        }
    }

    private IEnumerable<long> Cursors() =>
        folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.cursor")).Select(Lowest);

    /// <summary>A cursor's first line, and in a second one those before it that are to be told again. One that cannot be read holds everything.</summary>
    private static long Lowest(string path)
    {
        try
        {
            var lowest = long.MaxValue;
            foreach (var (line, index) in File.ReadAllLines(path).Select((line, index) => (line, index)))
            {
                foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    lowest = Math.Min(lowest, long.Parse(word, NumberStyles.None, CultureInfo.InvariantCulture) - index);
                }
            }

            return lowest == long.MaxValue ? 0 : lowest;
        }
        catch (Exception unreadable) when (unreadable is FormatException or OverflowException or IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
