namespace Fengsui.Devices.History.InfluxDb.Delivery;

/// <summary>How many bytes a request may have: as configured, and less once the server has said that it is too much.</summary>
internal sealed class SizeLimit(int configured)
{
    private const int Least = 1 << 10;
    private readonly int _configured = configured;
    private int _bytes = configured;

    public int Bytes => Volatile.Read(ref _bytes);

    /// <summary>Whether a request need not be tried: the server has refused smaller ones.</summary>
    public bool IsKnownTooLarge(int bytes) => Bytes < _configured && bytes > 2 * Bytes;

    /// <summary>The server took a request of so many bytes for too large.</summary>
    public void Refused(int bytes) => Volatile.Write(ref _bytes, Math.Max(Least, Math.Min(Bytes, bytes / 2)));
}
