using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>What the server's CONNACK said: whether it kept the session, and the limits it sets. 3.1.1 has the defaults.</summary>
public sealed record MqttServerTerms
{
    public bool SessionPresent { get; init; }

    /// <summary>0 is accepted.</summary>
    public byte Code { get; init; }

    public string? ReasonText { get; init; }

    public int ReceiveMaximum { get; init; } = ushort.MaxValue;

    public long MaximumPacketSize { get; init; } = long.MaxValue;

    public byte MaximumQos { get; init; } = 2;

    public string? AssignedClientId { get; init; }

    /// <summary>The keep alive that the server asks for instead of ours.</summary>
    public TimeSpan? KeepAlive { get; init; }

    internal static MqttServerTerms From(in ConnAckPacket packet)
    {
        var terms = new MqttServerTerms { SessionPresent = packet.SessionPresent, Code = packet.Code };
        var properties = new PropertyReader(packet.Properties);
        while (properties.MoveNext())
        {
            var number = properties.Number;
            terms = properties.Id switch
            {
                PropertyId.ReceiveMaximum => terms with { ReceiveMaximum = (int)number },
                PropertyId.MaximumPacketSize => terms with { MaximumPacketSize = number },
                PropertyId.MaximumQos => terms with { MaximumQos = (byte)number },
                PropertyId.ServerKeepAlive => terms with { KeepAlive = TimeSpan.FromSeconds(number) },
                PropertyId.AssignedClientIdentifier => terms with { AssignedClientId = System.Text.Encoding.UTF8.GetString(properties.Value) },
                PropertyId.ReasonString => terms with { ReasonText = System.Text.Encoding.UTF8.GetString(properties.Value) },
                _ => terms,
            };
        }

        return terms;
    }
}
