using System.Security.Cryptography;

namespace Fengsui.Ingest.Hj212.Sessions;

/// <summary>A station that may report.</summary>
internal sealed class Station
{
    private readonly byte[] _digest;

    /// <param name="device">UTF-8 id of the device that it reports for.</param>
    /// <param name="password">Empty when it needs none.</param>
    public Station(byte[] device, byte[] password)
    {
        Device = device;
        NeedsPassword = password.Length > 0;
        _digest = SHA256.HashData(password);
    }

    public byte[] Device { get; }

    public bool NeedsPassword { get; }

    /// <summary>Takes the same time whatever the difference is.</summary>
    public bool Accepts(ReadOnlySpan<byte> password)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(password, digest);
        return CryptographicOperations.FixedTimeEquals(digest, _digest) || !NeedsPassword;
    }
}
