namespace Fengsui.Api.Configuration.Sections;

/// <summary>What an acknowledgement promises.</summary>
public enum Durability
{
    /// <summary>The message is on the disk: it survives a power cut.</summary>
    Fsync,

    /// <summary>The operating system has it: it survives our crash, not the machine's.</summary>
    Os,
}
