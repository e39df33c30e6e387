namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>What was found where the state file should be. Everything from <see cref="NotAStateFile"/> on was set aside.</summary>
public enum StateLoadOutcome : byte
{
    Loaded = 0,
    NoFile = 1,
    NotAStateFile = 2,
    UnknownVersion = 3,
    ChecksumMismatch = 4,
    Inconsistent = 5,
    Unreadable = 6,
}
