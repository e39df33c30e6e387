namespace Fengsui.Ingest.Modbus.Codec;

/// <summary>How an answer stands to a request.</summary>
internal enum AnswerVerdict : byte
{
    /// <summary>It is not the answer to it.</summary>
    Mismatch,

    /// <summary>The values asked for.</summary>
    Data,

    /// <summary>The slave, or the gateway, could not do it.</summary>
    Exception,
}
