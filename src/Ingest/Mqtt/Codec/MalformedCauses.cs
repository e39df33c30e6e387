namespace Fengsui.Ingest.Mqtt.Codec;

public static class MalformedCauses
{
    /// <summary>One more than the highest value of <see cref="MalformedCause"/>: the size of a table of counters.</summary>
    public const int TableSize = 48;

    /// <summary>The MQTT 5.0 reason code to send in DISCONNECT or CONNACK before closing.</summary>
    public static ReasonCode ToReasonCode(this MalformedCause cause) => cause switch
    {
        MalformedCause.None => ReasonCode.Success,
        MalformedCause.PacketTooLarge => ReasonCode.PacketTooLarge,
        MalformedCause.TooManyUserProperties => ReasonCode.QuotaExceeded,
        MalformedCause.UnsupportedProtocolVersion => ReasonCode.UnsupportedProtocolVersion,
        MalformedCause.InvalidTopicName => ReasonCode.TopicNameInvalid,
        MalformedCause.InvalidTopicFilter => ReasonCode.TopicFilterInvalid,
        MalformedCause.ReceiveMaximumExceeded => ReasonCode.ReceiveMaximumExceeded,
        MalformedCause.TopicAliasInvalid => ReasonCode.TopicAliasInvalid,
        MalformedCause.DuplicateProperty or MalformedCause.PropertyValueOutOfRange or MalformedCause.EmptySubscription
            or MalformedCause.NoLocalOnSharedSubscription or MalformedCause.AuthenticationDataWithoutMethod or MalformedCause.InvalidResponseTopic
            or MalformedCause.FirstPacketNotConnect or MalformedCause.SecondConnect or MalformedCause.UnexpectedPacket
            or MalformedCause.EmptyTopicWithoutAlias or MalformedCause.SubscriptionIdentifierFromClient
            or MalformedCause.SessionExpiryRaisedAtDisconnect => ReasonCode.ProtocolError,
        _ => ReasonCode.MalformedPacket,
    };
}
