namespace Fengsui.Devices.Actors;

/// <summary>What an actor made of a row.</summary>
internal enum RowVerdict : byte
{
    /// <summary>Newer than all before, or of the same time with other content: rules ran.</summary>
    Applied,

    /// <summary>Older than the watermark and certainly new: it corrects what is open and goes to history.</summary>
    AppliedLate,

    /// <summary>Older than the actor can remember: history stores it unless it holds it already.</summary>
    LateUnverified,

    /// <summary>Seen before.</summary>
    Duplicate,
}
