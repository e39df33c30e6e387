namespace Fengsui.Devices.Journal;

/// <summary>What an acknowledgement means.</summary>
public enum Durability
{
    /// <summary>The block is on stable storage: survives a power cut.</summary>
    Fsync,

    /// <summary>The block is with the operating system: survives a kill of the process, not a power cut.</summary>
    Os,
}
