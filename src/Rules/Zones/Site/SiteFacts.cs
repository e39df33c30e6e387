namespace Fengsui.Rules.Zones.Site;

/// <summary>
/// What is known of one zone beside its devices: permits, gas tests, unlocks, goods. A function of the facts in their
/// order; bounded, whatever is said. Knows no clock: who asks says what time it is.
/// </summary>
public sealed class SiteFacts
{
    /// <summary>Facts other than permits whose ids are remembered, to recognise what is said twice.</summary>
    public const int MaxIds = 256;

    /// <summary>Unlocks that are remembered: more people than a two- or three-person rule can ask for.</summary>
    public const int MaxUnlocks = 64;

    private readonly Queue<string> _ids = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<Unlocked> _unlocks = new();

    public PermitBook Permits { get; } = new();

    public GoodsBook Goods { get; } = new();

    /// <summary>The newest gas test; null before the first.</summary>
    public GasTested? GasTest { get; private set; }

    public IReadOnlyCollection<Unlocked> Unlocks => _unlocks;

    /// <summary>Ids of the facts that were taken in last, oldest first.</summary>
    public IReadOnlyCollection<string> RecentIds => _ids;

    /// <summary>Facts that make the same state when they are restored.</summary>
    public IEnumerable<SiteFact> Kept => [.. Permits.Kept, .. GasTest is null ? (SiteFact[])[] : [GasTest], .. _unlocks, .. Goods.Kept];

    public static SiteFacts Restore(IEnumerable<SiteFact> kept, IEnumerable<string> recentIds)
    {
        var facts = new SiteFacts();
        foreach (var fact in kept)
        {
            facts.Take(fact, long.MinValue);
        }

        foreach (var id in recentIds)
        {
            facts.Remember(id);
        }

        return facts;
    }

    /// <summary>False when it says nothing new: a repeat, an older test, a permit too many.</summary>
    /// <param name="nowMs">When the journal took it in.</param>
    public bool Apply(SiteFact fact, long nowMs)
    {
        if (fact is PermitGranted or PermitRevoked)
        {
            return Take(fact, nowMs);
        }

        return !_known.Contains(fact.Id) && Remember(fact.Id) && Take(fact, nowMs);
    }

    /// <summary>Whether a fact of this id, other than a permit, was taken in lately.</summary>
    public bool Knows(string id) => _known.Contains(id);

    /// <summary>Seconds since the last gas test, if it was passed; +∞ when it was not, or there was none.</summary>
    public double GasTestAge(long nowMs) => GasTest is { Passed: true } test ? Math.Max(0, nowMs - test.AtMs) / 1000.0 : double.PositiveInfinity;

    /// <summary>Different persons who unlocked within the time before now.</summary>
    public int UnlockPersons(long nowMs, long withinMs)
    {
        var persons = 0;
        foreach (var unlock in _unlocks)
        {
            persons += IsWithin(unlock, nowMs, withinMs) && IsNewestOf(unlock) ? 1 : 0;
        }

        return persons;
    }

    private static bool IsWithin(Unlocked unlock, long nowMs, long withinMs) => unlock.AtMs <= nowMs && nowMs - unlock.AtMs <= withinMs;

    private bool IsNewestOf(Unlocked unlock)
    {
        var isNewest = true;
        foreach (var other in _unlocks)
        {
            var isLater = other.AtMs > unlock.AtMs || (other.AtMs == unlock.AtMs && string.CompareOrdinal(other.Id, unlock.Id) > 0);
            isNewest &= !isLater || other.Person != unlock.Person;
        }

        return isNewest;
    }

    private bool Remember(string id)
    {
        _known.Add(id);
        _ids.Enqueue(id);
        if (_ids.Count > MaxIds)
        {
            _known.Remove(_ids.Dequeue());
        }

        return true;
    }

    private bool Take(SiteFact fact, long nowMs) => fact switch
    {
        PermitGranted permit => Permits.Grant(permit, nowMs),
        PermitRevoked revoked => Permits.Revoke(revoked.Id),
        GasTested test => Take(test),
        Unlocked unlock => Take(unlock),
        GoodsChanged goods => Goods.Change(goods),
        _ => false,
    };

    private bool Take(GasTested test)
    {
        if (test.AtMs < GasTest?.AtMs)
        {
            return false;
        }

        GasTest = test;
        return true;
    }

    private bool Take(Unlocked unlock)
    {
        _unlocks.Enqueue(unlock);
        if (_unlocks.Count > MaxUnlocks)
        {
            _unlocks.Dequeue();
        }

        return true;
    }
}
