using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>
/// Why a connection ended. <paramref name="Code"/> is a <see cref="ReasonCode"/> (in 3.1.1 the CONNACK return code);
/// <paramref name="Text"/> is the server's reason string or the error's message.
/// </summary>
public sealed record MqttDisconnect(MqttDisconnectKind Kind, byte Code = 0, string? Text = null, MalformedCause Cause = MalformedCause.None)
{
    /// <summary>
    /// True when connecting again would only harm: another client has taken this client id, and taking it back would
    /// start a storm; or the caller closed.
    /// </summary>
    public bool IsFinal => Kind == MqttDisconnectKind.ByClient
        || (Kind == MqttDisconnectKind.ByServer && Code == (byte)ReasonCode.SessionTakenOver);
}
