namespace Fengsui.Ingest.Tests.Http;

/// <summary>Gives its bytes in two pieces.</summary>
internal sealed class CutStream(byte[] bytes, int cut) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(Position < cut ? buffer[..(int)Math.Min(buffer.Length, cut - Position)] : buffer, cancellationToken);

    public override int Read(Span<byte> buffer) => base.Read(Position < cut ? buffer[..(int)Math.Min(buffer.Length, cut - Position)] : buffer);
}
