namespace Fengsui.Ingest.Http;

/// <summary>Why the body of a request cannot be used.</summary>
public enum BodyFault
{
    None,
    TooLarge,

    /// <summary>It is not what its <c>Content-Encoding</c> says.</summary>
    Damaged,
    UnknownEncoding,
}
