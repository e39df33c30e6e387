namespace Fengsui.Ble.Faults;

/// <summary>What can go wrong, or be done on purpose.</summary>
public enum LockFault : byte
{
    None = 0,

    /// <summary>Somebody recorded an earlier advert and sends it again.</summary>
    Replay,

    /// <summary>Somebody says in the clear that the lock is open.</summary>
    Downgrade,

    /// <summary>Somebody without the key encrypts with another.</summary>
    Forgery,

    /// <summary>The lock is opened, and nobody is named.</summary>
    Unlock,

    /// <summary>The housing is opened.</summary>
    Tamper,

    /// <summary>A gateway hears nothing and says nothing for a while.</summary>
    SilentGateway,

    /// <summary>A phone passes.</summary>
    Phone,
}
