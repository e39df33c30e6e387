namespace Fengsui.Ingest.Modbus.Codec;

/// <summary>What a look at the bytes of a connection gave.</summary>
internal enum FrameStatus : byte
{
    /// <summary>Not whole yet; nothing was consumed.</summary>
    NeedMore,

    /// <summary>One answer was taken off.</summary>
    Frame,

    /// <summary>Not the protocol's layout: where the next frame begins is not known.</summary>
    Malformed,

    /// <summary>The checksum does not match.</summary>
    WrongChecksum,
}
