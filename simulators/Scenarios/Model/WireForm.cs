namespace Fengsui.Scenarios.Model;

/// <summary>What a device's messages look like on the wire.</summary>
public enum WireForm
{
    /// <summary>Our JSON over MQTT, on <c>telemetry/{device}</c>.</summary>
    Mqtt,

    /// <summary>Encrypted BTHome adverts, as OpenMQTTGateway publishes them.</summary>
    Ble,

    /// <summary>JT/T 808-2019 over TCP.</summary>
    Jt808,
}
