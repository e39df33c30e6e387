namespace Fengsui.Ingest.Ble.Forms;

/// <summary>Whose JSON it is.</summary>
internal enum GatewayKind : byte
{
    /// <summary>OpenMQTTGateway and Theengs Gateway: <c>home/GATEWAY/BTtoMQTT/ADDRESS</c>.</summary>
    OpenMqttGateway,

    /// <summary>Ruuvi Gateway: <c>ruuvi/GATEWAY/ADDRESS</c>.</summary>
    Ruuvi,

    /// <summary>A Shelly with a script for Shelly BLU: events of <c>shelly-blu</c>.</summary>
    Shelly,

    /// <summary>Our own form, over TCP.</summary>
    Frames,
}
