namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>Entries that are told together, and how often that was tried. Belongs to one attempt at a time.</summary>
internal sealed class Parcel(List<Notice> notices)
{
    private int _told;

    /// <summary>Whether they are told one at a time: together they were refused, and one of them may be why.</summary>
    public bool IsSplit { get; private set; }

    /// <summary>Attempts for the entries that come next.</summary>
    public int Attempts { get; set; }

    /// <summary>When they were refused first; null while they were not. A time stamp of the clock.</summary>
    public long? FirstRefusal { get; set; }

    /// <summary>All that the parcel was made of.</summary>
    public IReadOnlyList<Notice> All => notices;

    public bool IsDone => _told == notices.Count;

    /// <summary>What the next attempt tells.</summary>
    public IReadOnlyList<Notice> Next => IsSplit ? [notices[_told]] : notices;

    public void Told()
    {
        _told = IsSplit ? _told + 1 : notices.Count;
        Attempts = 0;
        FirstRefusal = null;
    }

    /// <summary>False when it holds a single entry.</summary>
    public bool TrySplit()
    {
        if (IsSplit || notices.Count == 1)
        {
            return false;
        }

        Attempts = 0;
        return IsSplit = true;
    }
}
