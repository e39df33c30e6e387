using System.Text;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Sessions;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>What a CONNECT asks for, copied out of the read buffer.</summary>
internal sealed class ConnectRequest
{
    private ConnectRequest()
    {
    }

    public MqttVersion Version { get; private init; }

    public bool CleanStart { get; private init; }

    public int KeepAliveSeconds { get; private init; }

    public string ClientId { get; set; } = "";

    public int ClientIdLengthBytes { get; private init; }

    public string? UserName { get; private init; }

    public byte[] Password { get; private init; } = [];

    public uint SessionExpirySeconds { get; private set; }

    public int ReceiveMaximum { get; private set; } = ushort.MaxValue;

    public int MaxPacketSizeBytes { get; private set; } = int.MaxValue;

    public int TopicAliasMaximum { get; private set; }

    public bool WantsResponseInformation { get; private set; }

    public bool HasAuthenticationMethod { get; private set; }

    public string? WillTopic { get; private init; }

    public byte[] WillPayload { get; private init; } = [];

    public byte WillQos { get; private init; }

    public bool WillRetain { get; private init; }

    public byte[] WillProperties { get; private init; } = [];

    public uint? WillExpirySeconds { get; private set; }

    public uint WillDelaySeconds { get; private set; }

    public static ConnectRequest From(in ConnectPacket packet)
    {
        var properties = BrokerMessage.PassThrough(packet.WillProperties, out var willExpiry);
        var request = new ConnectRequest
        {
            Version = packet.Version,
            CleanStart = packet.CleanStart,
            KeepAliveSeconds = packet.KeepAliveSeconds,
            ClientId = Encoding.UTF8.GetString(packet.ClientId),
            ClientIdLengthBytes = packet.ClientId.Length,
            UserName = packet.HasUserName ? Encoding.UTF8.GetString(packet.UserName) : null,
            Password = packet.Password.ToArray(),
            WillTopic = packet.HasWill ? Encoding.UTF8.GetString(packet.WillTopic) : null,
            WillPayload = packet.WillPayload.ToArray(),
            WillQos = packet.WillQos,
            WillRetain = packet.WillRetain,
            WillProperties = properties,
            WillExpirySeconds = willExpiry,
            SessionExpirySeconds = packet.Version == MqttVersion.V311 && !packet.CleanStart ? uint.MaxValue : 0,
        };
        request.ReadProperties(packet.Properties);
        request.ReadWillProperties(packet.WillProperties);
        return request;
    }

    /// <summary>The will as it would be published by a client with these rights; null when there is none.</summary>
    public WillMessage? CreateWill(Security.ClientAccess access) => WillTopic is null ? null : new WillMessage(
        new BrokerMessage
        {
            Topic = WillTopic,
            TopicBytes = Encoding.UTF8.GetBytes(WillTopic),
            Payload = WillPayload,
            Qos = WillQos,
            Retain = WillRetain,
            Properties = WillProperties,
            Source = access,
        },
        WillDelaySeconds,
        WillExpirySeconds);

    private void ReadProperties(ReadOnlySpan<byte> section)
    {
        var reader = new PropertyReader(section);
        while (reader.MoveNext())
        {
            switch (reader.Id)
            {
                case PropertyId.SessionExpiryInterval: SessionExpirySeconds = reader.Number; break;
                case PropertyId.ReceiveMaximum: ReceiveMaximum = (int)reader.Number; break;
                case PropertyId.MaximumPacketSize: MaxPacketSizeBytes = (int)Math.Min(reader.Number, int.MaxValue); break;
                case PropertyId.TopicAliasMaximum: TopicAliasMaximum = (int)reader.Number; break;
                case PropertyId.RequestResponseInformation: WantsResponseInformation = reader.Number == 1; break;
                case PropertyId.AuthenticationMethod: HasAuthenticationMethod = true; break;
                default: break;
            }
        }
    }

    private void ReadWillProperties(ReadOnlySpan<byte> section)
    {
        var reader = new PropertyReader(section);
        while (reader.MoveNext())
        {
            if (reader.Id == PropertyId.WillDelayInterval) WillDelaySeconds = reader.Number;
        }
    }
}
