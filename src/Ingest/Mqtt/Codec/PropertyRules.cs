namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>The table of MQTT 5.0, 2.2.2.2: encoding of each property and the packets that may carry it.</summary>
internal static class PropertyRules
{
    private const PropertyScope Acks = PropertyScope.PubAck | PropertyScope.PubRec | PropertyScope.PubRel | PropertyScope.PubComp | PropertyScope.SubAck | PropertyScope.UnsubAck;
    private const PropertyScope Message = PropertyScope.Publish | PropertyScope.Will;
    private const PropertyScope Everything = Acks | Message | PropertyScope.Connect | PropertyScope.ConnAck | PropertyScope.Subscribe
        | PropertyScope.Unsubscribe | PropertyScope.Disconnect | PropertyScope.Auth;

    public const int Count = 0x2B;

    private static readonly PropertyKind[] Kinds = new PropertyKind[Count];
    private static readonly PropertyScope[] Scopes = new PropertyScope[Count];

#pragma warning disable CA1810 // One table, filled in the order of the standard.
    static PropertyRules()
    {
        Add(PropertyId.PayloadFormatIndicator, PropertyKind.Byte, Message);
        Add(PropertyId.MessageExpiryInterval, PropertyKind.FourByteInteger, Message);
        Add(PropertyId.ContentType, PropertyKind.Text, Message);
        Add(PropertyId.ResponseTopic, PropertyKind.Text, Message);
        Add(PropertyId.CorrelationData, PropertyKind.Binary, Message);
        Add(PropertyId.SubscriptionIdentifier, PropertyKind.VariableInteger, PropertyScope.Publish | PropertyScope.Subscribe);
        Add(PropertyId.SessionExpiryInterval, PropertyKind.FourByteInteger, PropertyScope.Connect | PropertyScope.ConnAck | PropertyScope.Disconnect);
        Add(PropertyId.AssignedClientIdentifier, PropertyKind.Text, PropertyScope.ConnAck);
        Add(PropertyId.ServerKeepAlive, PropertyKind.TwoByteInteger, PropertyScope.ConnAck);
        Add(PropertyId.AuthenticationMethod, PropertyKind.Text, PropertyScope.Connect | PropertyScope.ConnAck | PropertyScope.Auth);
        Add(PropertyId.AuthenticationData, PropertyKind.Binary, PropertyScope.Connect | PropertyScope.ConnAck | PropertyScope.Auth);
        Add(PropertyId.RequestProblemInformation, PropertyKind.Byte, PropertyScope.Connect);
        Add(PropertyId.WillDelayInterval, PropertyKind.FourByteInteger, PropertyScope.Will);
        Add(PropertyId.RequestResponseInformation, PropertyKind.Byte, PropertyScope.Connect);
        Add(PropertyId.ResponseInformation, PropertyKind.Text, PropertyScope.ConnAck);
        Add(PropertyId.ServerReference, PropertyKind.Text, PropertyScope.ConnAck | PropertyScope.Disconnect);
        Add(PropertyId.ReasonString, PropertyKind.Text, Acks | PropertyScope.ConnAck | PropertyScope.Disconnect | PropertyScope.Auth);
        Add(PropertyId.ReceiveMaximum, PropertyKind.TwoByteInteger, PropertyScope.Connect | PropertyScope.ConnAck);
        Add(PropertyId.TopicAliasMaximum, PropertyKind.TwoByteInteger, PropertyScope.Connect | PropertyScope.ConnAck);
        Add(PropertyId.TopicAlias, PropertyKind.TwoByteInteger, PropertyScope.Publish);
        Add(PropertyId.MaximumQos, PropertyKind.Byte, PropertyScope.ConnAck);
        Add(PropertyId.RetainAvailable, PropertyKind.Byte, PropertyScope.ConnAck);
        Add(PropertyId.UserProperty, PropertyKind.TextPair, Everything);
        Add(PropertyId.MaximumPacketSize, PropertyKind.FourByteInteger, PropertyScope.Connect | PropertyScope.ConnAck);
        Add(PropertyId.WildcardSubscriptionAvailable, PropertyKind.Byte, PropertyScope.ConnAck);
        Add(PropertyId.SubscriptionIdentifierAvailable, PropertyKind.Byte, PropertyScope.ConnAck);
        Add(PropertyId.SharedSubscriptionAvailable, PropertyKind.Byte, PropertyScope.ConnAck);
    }
#pragma warning restore CA1810

    public static PropertyKind KindOf(uint id) => id < Count ? Kinds[id] : PropertyKind.Unknown;

    public static bool IsAllowed(uint id, PropertyScope scope) => (Scopes[id] & scope) != 0;

    /// <summary>True when the number is in the range the standard gives for that property.</summary>
    public static bool IsInRange(PropertyId id, uint value) => id switch
    {
        PropertyId.ReceiveMaximum or PropertyId.MaximumPacketSize or PropertyId.TopicAlias or PropertyId.SubscriptionIdentifier => value != 0,
        _ => KindOf((uint)id) != PropertyKind.Byte || value <= 1,
    };

    private static void Add(PropertyId id, PropertyKind kind, PropertyScope scope)
    {
        Kinds[(int)id] = kind;
        Scopes[(int)id] = scope;
    }
}
