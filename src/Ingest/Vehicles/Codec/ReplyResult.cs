namespace Fengsui.Ingest.Vehicles.Codec;

/// <summary>The result in a general reply (0x8001).</summary>
internal enum ReplyResult : byte
{
    Done = 0,
    Failed = 1,
    WrongMessage = 2,
    NotSupported = 3,
}
