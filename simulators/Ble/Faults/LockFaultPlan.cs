namespace Fengsui.Ble.Faults;

/// <summary>Which fault befalls whom at which advert: a pure function of the seed.</summary>
internal sealed class LockFaultPlan(LocksOptions options)
{
    /// <summary>Adverts for which an opened lock stays open, a housing open, a gateway silent: at most half of the time.</summary>
    public const int Length = 2;

    private readonly ulong _seed = Mixer.Mix(options.Seed ^ 0xB1E);

    /// <summary>The fault of a lock at its advert number <paramref name="step"/>, and whether it begins there.</summary>
    public LockFault Of(int @lock, long step, out bool isBegin)
    {
        var cycle = step / options.FaultEvery;
        var hash = Mixer.Mix(_seed ^ ((ulong)@lock << 32) ^ (ulong)cycle);
        var at = step - (cycle * options.FaultEvery) - (1 + (long)(hash % (ulong)(options.FaultEvery - Length)));
        isBegin = at == 0;
        return options.Faults.Count == 0 || at is < 0 or >= Length ? LockFault.None : options.Faults[(int)((hash >> 32) % (ulong)options.Faults.Count)];
    }

    /// <summary>Whether a gateway is silent while the locks are at their advert number <paramref name="step"/>.</summary>
    public bool IsSilent(int gateway, long step) =>
        options.Faults.Contains(LockFault.SilentGateway) && Of(gateway % options.Locks, step, out _) == LockFault.SilentGateway;
}
