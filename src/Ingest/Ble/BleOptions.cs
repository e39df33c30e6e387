using Fengsui.Ingest.Ble.Forms;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources.Tcp;

namespace Fengsui.Ingest.Ble;

/// <summary>One source of Bluetooth gateways, as the configuration describes it.</summary>
internal sealed record BleOptions
{
    public const string Protocol = "ble";
    public const string AddressPlaceholder = "{address}";
    public const string GatewayPlaceholder = "{gateway}";

    public required string Name { get; init; }

    /// <summary>Devices of which more than the template is known.</summary>
    public IReadOnlyList<DeviceFact> Devices { get; init; } = [];

    /// <summary>Globs over addresses in the form <c>A4C138123456</c>: others than <see cref="Devices"/> that may report. None by default: a phone that passes is no device.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>The id of an allowed device that is not listed.</summary>
    public string DeviceTemplate { get; init; } = "ble-" + AddressPlaceholder;

    /// <summary>Whether devices without a key may report in the clear.</summary>
    public bool TakesPlain { get; init; } = true;

    /// <summary>Addresses and keys; null when no device has one.</summary>
    public string? KeysFile { get; init; }

    /// <summary>How long further hearings of one advertisement are expected.</summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Globs over the ids of gateways that may report.</summary>
    public IReadOnlyList<string> Gateways { get; init; } = ["*"];

    /// <summary>The id of the device that stands for a gateway; null when gateways are none.</summary>
    public string? GatewayTemplate { get; init; }

    /// <summary>What gateways publish over MQTT, and where.</summary>
    public IReadOnlyList<(GatewayKind Kind, TopicPattern Topic)> Topics { get; init; } = [];

    /// <summary>Where gateways connect over TCP; null when none do.</summary>
    public TcpSourceOptions? Listen { get; init; }

    /// <summary>File whose first line a gateway must know to report over TCP; null when there is none.</summary>
    public string? TokenFile { get; init; }
}
