using System.Security.Cryptography;

namespace Fengsui.Ingest.Vehicles.Sessions;

/// <summary>A terminal that may connect.</summary>
internal sealed class Terminal
{
    private readonly byte[] _code;
    private readonly byte[] _digest;

    /// <param name="phone">Digits without zeros in front.</param>
    /// <param name="device">UTF-8 id of the device that it reports for.</param>
    /// <param name="code">What it authenticates with; empty when it needs nothing.</param>
    public Terminal(string phone, byte[] device, byte[] code)
    {
        Phone = phone;
        Device = device;
        _code = code;
        _digest = SHA256.HashData(code);
    }

    public string Phone { get; }

    public byte[] Device { get; }

    /// <summary>What a registration is answered with.</summary>
    public ReadOnlySpan<byte> Code => _code;

    public bool NeedsCode => _code.Length > 0;

    /// <summary>Takes the same time whatever the difference is, and however long the code.</summary>
    public bool Accepts(ReadOnlySpan<byte> code)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(code, digest);
        return CryptographicOperations.FixedTimeEquals(digest, _digest) || !NeedsCode;
    }
}
