namespace Fengsui.Ingest.Decoding;

/// <summary>What a JSON value means to a reading.</summary>
internal enum ScalarKind : byte
{
    /// <summary>A number, or NaN for "no value": may be a coordinate.</summary>
    Number,

    /// <summary>A boolean or a state word.</summary>
    State,

    /// <summary>Nothing that a reading can hold.</summary>
    Unsupported,
}
