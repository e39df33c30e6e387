using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Ble.Codec;

namespace Fengsui.Ingest.Ble.Adverts;

/// <summary>
/// What all gateways of a source have in common: which devices may report, what was heard of each, and the gateways themselves. Whoever uses a device
/// or a gateway of it holds <see cref="Gate"/>.
/// </summary>
internal sealed class AdvertBook(BleOptions options, IReadOnlyDictionary<BleAddress, byte[]> keys)
{
    /// <summary>Devices of one source; the ones that come first by <see cref="BleOptions.Allow"/> have it.</summary>
    public const int MaxDevices = 10_000;

    /// <summary>Gateways of one source.</summary>
    public const int MaxGateways = 1_000;

    private readonly Dictionary<BleAddress, KnownDevice> _devices = [];
    private readonly Dictionary<string, KnownGateway> _gateways = new(StringComparer.Ordinal);
    private readonly Dictionary<BleAddress, DeviceFact> _facts = options.Devices.ToDictionary(fact => fact.Address);

    public Lock Gate { get; } = new();

    public long WindowMs { get; } = (long)options.DuplicateWindow.TotalMilliseconds;

    /// <summary>Those that were heard, or that have a key.</summary>
    public IReadOnlyList<KnownDevice> Devices()
    {
        lock (Gate)
        {
            return [.. _devices.Values];
        }
    }

    /// <summary>Addresses that the configuration or the keys name.</summary>
    public IEnumerable<BleAddress> Named => _facts.Keys.Concat(keys.Keys).Distinct();

    /// <summary>Null when it may not report.</summary>
    public KnownDevice? Find(BleAddress address)
    {
        if (_devices.TryGetValue(address, out var known))
        {
            return known;
        }

        var fact = _facts.GetValueOrDefault(address);
        var isAllowed = fact is not null || IsAllowed(address);
        if (!isAllowed || (_devices.Count >= MaxDevices && fact is null))
        {
            return null;
        }

        known = new KnownDevice(
            address,
            fact?.Device ?? options.DeviceTemplate.Replace(BleOptions.AddressPlaceholder, address.ToString(), StringComparison.Ordinal),
            keys.TryGetValue(address, out var key) ? new BthomeCipher(key) : null,
            fact?.TakesPlain ?? options.TakesPlain,
            fact?.NamesPerson ?? false);
        _devices.Add(address, known);
        return known;
    }

    /// <summary>Null when it may not report, or is one too many.</summary>
    public KnownGateway? Gateway(ReadOnlySpan<char> id)
    {
        if (_gateways.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out var known))
        {
            return known;
        }

        if (_gateways.Count >= MaxGateways || !KnownGateway.IsId(id) || !IsAdmitted(id))
        {
            return null;
        }

        var name = id.ToString();
        known = new KnownGateway(_gateways.Count, name, options.GatewayTemplate?.Replace(BleOptions.GatewayPlaceholder, name, StringComparison.Ordinal));
        _gateways.Add(name, known);
        return known;
    }

    private bool IsAllowed(BleAddress address)
    {
        // A key alone is leave to report, too: whoever gave it meant so.
        return keys.ContainsKey(address) || options.Allow.Any(glob => Glob.IsMatch(glob, address.ToString()));
    }

    private bool IsAdmitted(ReadOnlySpan<char> id)
    {
        foreach (var glob in options.Gateways)
        {
            if (Glob.IsMatch(glob, id))
            {
                return true;
            }
        }

        return false;
    }
}
