namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>Checks a whole property section once, so that <see cref="PropertyReader"/> can walk it without checks.</summary>
internal static class PropertySection
{
    public static MalformedCause Validate(ReadOnlySpan<byte> section, PropertyScope scope, int maxUserProperties)
    {
        var reader = new BodyReader(section);
        var seen = 0UL;
        var userProperties = 0;
        while (reader.Remaining > 0)
        {
            var id = (uint)reader.ReadVariableInteger();
            if (reader.Failed) return reader.Cause;
            var kind = PropertyRules.KindOf(id);
            if (kind == PropertyKind.Unknown) return MalformedCause.UnknownProperty;
            if (!PropertyRules.IsAllowed(id, scope)) return MalformedCause.PropertyNotAllowed;
            if (id == (uint)PropertyId.UserProperty)
            {
                if (++userProperties > maxUserProperties) return MalformedCause.TooManyUserProperties;
            }
            else if ((seen & (1UL << (int)id)) != 0 && !MayRepeat((PropertyId)id, scope))
            {
                return MalformedCause.DuplicateProperty;
            }
            seen |= 1UL << (int)id;
            ReadValue(ref reader, (PropertyId)id, kind);
        }
        if (reader.Failed) return reader.Cause;
        var dataWithoutMethod = (seen & (1UL << (int)PropertyId.AuthenticationData)) != 0 && (seen & (1UL << (int)PropertyId.AuthenticationMethod)) == 0;
        return dataWithoutMethod ? MalformedCause.AuthenticationDataWithoutMethod : MalformedCause.None;
    }

    // A forwarded PUBLISH carries one identifier per matching subscription (3.3.2.3.8).
    private static bool MayRepeat(PropertyId id, PropertyScope scope) => id == PropertyId.SubscriptionIdentifier && scope == PropertyScope.Publish;

    private static void ReadValue(ref BodyReader reader, PropertyId id, PropertyKind kind)
    {
        switch (kind)
        {
            case PropertyKind.Text:
                var text = reader.ReadText();
                if (id == PropertyId.ResponseTopic && !reader.Failed && !MqttText.IsTopicName(text)) reader.Fail(MalformedCause.InvalidResponseTopic);
                break;
            case PropertyKind.Binary:
                reader.ReadBinary();
                break;
            case PropertyKind.TextPair:
                reader.ReadText();
                reader.ReadText();
                break;
            default:
                var number = kind switch
                {
                    PropertyKind.Byte => reader.ReadByte(),
                    PropertyKind.TwoByteInteger => reader.ReadUInt16(),
                    PropertyKind.FourByteInteger => reader.ReadUInt32(),
                    _ => (uint)reader.ReadVariableInteger(),
                };
                if (!reader.Failed && !PropertyRules.IsInRange(id, number)) reader.Fail(id == PropertyId.TopicAlias ? MalformedCause.TopicAliasInvalid : MalformedCause.PropertyValueOutOfRange);
                break;
        }
    }
}
