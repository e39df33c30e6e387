namespace Fengsui.Fleet.Transport;

/// <summary>A socket can be read or written again, or has failed; <paramref name="Token"/> is the number it was added with.</summary>
/// <param name="Closing">The peer has hung up: read on until the end.</param>
internal readonly record struct ReadyEvent(int Token, bool Readable, bool Writable, bool Closing);
