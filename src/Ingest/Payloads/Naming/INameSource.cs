namespace Fengsui.Ingest.Payloads.Naming;

/// <summary>What a message says that a name can be made of.</summary>
internal interface INameSource
{
    /// <summary>Writes the value of a part that is neither a literal nor a level of the topic.</summary>
    /// <returns>Bytes written; 0 when the message does not say it; −1 when there is no room for it.</returns>
    int Write(in NamePart part, scoped Span<byte> target);
}
