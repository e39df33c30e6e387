namespace Fengsui.Ingest.Sources;

/// <summary>How a connection of a field protocol fares.</summary>
public enum SourceState : byte
{
    Connecting,
    Connected,

    /// <summary>The last attempt failed; the next one waits.</summary>
    BackingOff,
    Closed,
}
