namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>Why the synchronous part of the read loop stopped.</summary>
internal enum ReadStep : byte
{
    /// <summary>No complete packet is left.</summary>
    Drained,

    /// <summary>A CONNECT waits to be admitted.</summary>
    Connect,

    /// <summary>The intake's buffer is full.</summary>
    Commit,

    /// <summary>Output or acknowledgements stand at their bound: pause before the next packet.</summary>
    Pause,

    Close,
}
