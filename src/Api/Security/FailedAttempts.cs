using System.Net;
using System.Net.Sockets;

namespace Fengsui.Api.Security;

/// <summary>
/// Counts wrong credentials by address: so many at once, and again as many over a minute. Keys are 256 random bits, which nobody guesses; what is
/// protected are the log and the issuer. So a right key is let in from any address, and nobody is locked out by a neighbour's mistake.
/// </summary>
internal sealed class FailedAttempts(int perMinute, TimeProvider time)
{
    /// <summary>Addresses that are remembered. When all are in use, further ones share one count.</summary>
    public const int MaxAddresses = 10_000;

    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, Count> _counts = [];
    private long _nextSweep = long.MinValue;

    /// <summary>Counts one; false when it is one too many, with the time after which another one counts as the first.</summary>
    public bool TryCount(IPAddress? address, out TimeSpan retryAfter)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var key = KeyOf(address);
            if (!_counts.ContainsKey(key) && _counts.Count >= MaxAddresses && !Sweep(now))
            {
                key = UInt128.MaxValue;
            }

            var count = _counts.GetValueOrDefault(key, new Count(perMinute, now));
            var refilled = Math.Min(perMinute, count.Left + (time.GetElapsedTime(count.At, now) / Span * perMinute));
            var isAllowed = refilled >= 1;
            _counts[key] = new Count(isAllowed ? refilled - 1 : refilled, now);
            retryAfter = isAllowed ? TimeSpan.Zero : (1 - refilled) / perMinute * Span;
            return isAllowed;
        }
    }

    /// <summary>Forgets the addresses that have nothing against them any more; false when there is none, or it was done within the last second.</summary>
    private bool Sweep(long now)
    {
        if (now < _nextSweep)
        {
            return false;
        }

        _nextSweep = now + time.TimestampFrequency;
        var over = _counts.Where(pair => time.GetElapsedTime(pair.Value.At, now) >= Span).Select(pair => pair.Key).ToArray();
        foreach (var key in over)
        {
            _counts.Remove(key);
        }

        return over.Length > 0;
    }

    /// <summary>A network of IPv6 gives each customer 2^64 addresses: they count as one.</summary>
    private static UInt128 KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[16];
        var mapped = address.MapToIPv6();
        mapped.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6)
        {
            bytes[8..].Clear();
        }

        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private readonly record struct Count(double Left, long At);
}
