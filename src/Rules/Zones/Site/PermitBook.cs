namespace Fengsui.Rules.Zones.Site;

/// <summary>The permits of one zone, by id.</summary>
public sealed class PermitBook
{
    /// <summary>Permits that one zone remembers. Beyond it those that are over go first; a permit for which there is no room is not taken.</summary>
    public const int MaxPermits = 256;

    private readonly SortedList<string, (PermitGranted Permit, bool IsRevoked)> _permits = new(StringComparer.Ordinal);

    /// <summary>All that are remembered, by id.</summary>
    public IEnumerable<(PermitGranted Permit, bool IsRevoked)> All => _permits.Values;

    internal IEnumerable<SiteFact> Kept =>
        _permits.Values.SelectMany(entry => entry.IsRevoked ? (SiteFact[])[entry.Permit, new PermitRevoked(entry.Permit.Id)] : [entry.Permit]);

    public (PermitGranted Permit, bool IsRevoked)? Find(string id) => _permits.TryGetValue(id, out var entry) ? entry : null;

    /// <summary>Whether one more permit would be taken.</summary>
    public bool HasRoom(long nowMs) => _permits.Count < MaxPermits || _permits.Values.Any(entry => IsOver(entry, nowMs));

    public bool IsActive(long nowMs, string? kind)
    {
        for (var i = 0; i < _permits.Count; i++)
        {
            var (permit, isRevoked) = _permits.GetValueAtIndex(i);
            if (!isRevoked && permit.Covers(nowMs) && (kind is null || permit.Kinds.Contains(kind)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Seconds until no permit is active any more, as far as is known now; NaN when none is.</summary>
    public double EndsIn(long nowMs)
    {
        var end = long.MinValue;
        for (var i = 0; i < _permits.Count; i++)
        {
            var (permit, isRevoked) = _permits.GetValueAtIndex(i);
            if (!isRevoked && permit.Covers(nowMs))
            {
                end = Math.Max(end, permit.ToMs);
            }
        }

        return end == long.MinValue ? double.NaN : (end - nowMs) / 1000.0;
    }

    /// <summary>Whether an active permit names the person.</summary>
    public bool Allows(string person, long nowMs)
    {
        for (var i = 0; i < _permits.Count; i++)
        {
            var (permit, isRevoked) = _permits.GetValueAtIndex(i);
            if (!isRevoked && permit.Covers(nowMs) && permit.Persons.Contains(person))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A permit of a known id replaces it, unless that was revoked.</summary>
    internal bool Grant(PermitGranted permit, long nowMs)
    {
        if (_permits.TryGetValue(permit.Id, out var known))
        {
            if (known.IsRevoked)
            {
                return false;
            }
        }
        else if (_permits.Count >= MaxPermits && !ForgetOldest(nowMs))
        {
            return false;
        }

        _permits[permit.Id] = (permit, false);
        return true;
    }

    internal bool Revoke(string id)
    {
        if (!_permits.TryGetValue(id, out var known) || known.IsRevoked)
        {
            return false;
        }

        _permits[id] = (known.Permit, true);
        return true;
    }

    private static bool IsOver((PermitGranted Permit, bool IsRevoked) entry, long nowMs) => entry.IsRevoked || entry.Permit.ToMs <= nowMs;

    private bool ForgetOldest(long nowMs)
    {
        var oldest = _permits.Values.Where(entry => IsOver(entry, nowMs)).OrderBy(entry => entry.Permit.ToMs).Select(entry => entry.Permit.Id).FirstOrDefault();
        return oldest is not null && _permits.Remove(oldest);
    }
}
