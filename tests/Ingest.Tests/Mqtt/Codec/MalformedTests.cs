using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Tests.Mqtt.Codec;

public sealed class MalformedTests
{
    private static readonly DecodeLimits Limits = new(1024, 2);

    [Theory]
    [InlineData("00 00", 5, MalformedCause.ReservedPacketType)]
    [InlineData("F0 00", 4, MalformedCause.ReservedPacketType)]
    [InlineData("11 00", 0, MalformedCause.ReservedFlags)]
    [InlineData("60 02 00 01", 5, MalformedCause.ReservedFlags)]
    [InlineData("80 05 00 01 00 00 00", 4, MalformedCause.ReservedFlags)]
    [InlineData("36 05 00 01 61 00 01", 4, MalformedCause.InvalidQos)]
    [InlineData("38 03 00 01 61", 4, MalformedCause.DupWithQos0)]
    [InlineData("30 FF FF FF FF 7F", 4, MalformedCause.RemainingLengthTooLong)]
    [InlineData("30 FF FF FF 7F", 4, MalformedCause.PacketTooLarge)]
    [InlineData("C0 80 00", 5, MalformedCause.NonMinimalLength)]
    [InlineData("30 02 00 05", 4, MalformedCause.Truncated)]
    [InlineData("30 02 00 00", 4, MalformedCause.InvalidTopicName)]
    [InlineData("30 03 00 01 2B", 4, MalformedCause.InvalidTopicName)]
    [InlineData("30 03 00 01 23", 4, MalformedCause.InvalidTopicName)]
    [InlineData("30 03 00 01 00", 4, MalformedCause.InvalidUtf8)]
    [InlineData("30 04 00 02 C0 AF", 4, MalformedCause.InvalidUtf8)]
    [InlineData("30 05 00 03 ED A0 80", 4, MalformedCause.InvalidUtf8)]
    [InlineData("32 05 00 01 61 00 00", 4, MalformedCause.PacketIdZero)]
    [InlineData("30 06 00 01 61 02 7F 00", 5, MalformedCause.UnknownProperty)]
    [InlineData("30 09 00 01 61 05 11 00 00 00 01", 5, MalformedCause.PropertyNotAllowed)]
    [InlineData("30 08 00 01 61 04 01 00 01 00", 5, MalformedCause.DuplicateProperty)]
    [InlineData("30 06 00 01 61 02 01 02", 5, MalformedCause.PropertyValueOutOfRange)]
    [InlineData("30 07 00 01 61 03 23 00 00", 5, MalformedCause.TopicAliasInvalid)]
    [InlineData("30 06 00 01 61 02 0B 00", 5, MalformedCause.PropertyValueOutOfRange)]
    [InlineData("30 08 00 01 61 04 08 00 01 23", 5, MalformedCause.InvalidResponseTopic)]
    [InlineData("30 05 00 01 61 05 01", 5, MalformedCause.Truncated)]
    [InlineData("30 13 00 01 61 0F 26 00 00 00 00 26 00 00 00 00 26 00 00 00 00", 5, MalformedCause.TooManyUserProperties)]
    [InlineData("40 02 00 00", 4, MalformedCause.PacketIdZero)]
    [InlineData("40 03 00 01 00", 4, MalformedCause.TrailingBytes)]
    [InlineData("40 03 00 01 01", 5, MalformedCause.InvalidReasonCode)]
    [InlineData("82 02 00 01", 4, MalformedCause.EmptySubscription)]
    [InlineData("82 03 00 01 00", 5, MalformedCause.EmptySubscription)]
    [InlineData("82 06 00 01 00 01 61 03", 4, MalformedCause.InvalidSubscriptionOptions)]
    [InlineData("82 06 00 01 00 01 61 04", 4, MalformedCause.InvalidSubscriptionOptions)]
    [InlineData("82 07 00 01 00 00 01 61 30", 5, MalformedCause.InvalidSubscriptionOptions)]
    [InlineData("82 07 00 01 00 00 01 61 40", 5, MalformedCause.InvalidSubscriptionOptions)]
    [InlineData("82 07 00 01 00 02 61 23 00", 4, MalformedCause.InvalidTopicFilter)]
    [InlineData("82 05 00 01 00 00 00", 4, MalformedCause.InvalidTopicFilter)]
    [InlineData("82 10 00 01 00 00 0A 24 73 68 61 72 65 2F 67 2F 61 04", 5, MalformedCause.NoLocalOnSharedSubscription)]
    [InlineData("82 0D 00 01 00 08 24 73 68 61 72 65 2F 67 00", 4, MalformedCause.InvalidTopicFilter)]
    [InlineData("A2 02 00 01", 4, MalformedCause.EmptySubscription)]
    [InlineData("C0 01 00", 4, MalformedCause.TrailingBytes)]
    [InlineData("E0 01 00", 4, MalformedCause.TrailingBytes)]
    [InlineData("E0 01 01", 5, MalformedCause.InvalidReasonCode)]
    [InlineData("10 0C 00 04 4D 51 54 54 04 03 00 00 00 00", 0, MalformedCause.ReservedConnectFlag)]
    [InlineData("10 0C 00 04 4D 51 54 54 04 0A 00 00 00 00", 0, MalformedCause.WillFlagsWithoutWill)]
    [InlineData("10 0C 00 04 4D 51 54 54 04 1E 00 00 00 00", 0, MalformedCause.InvalidQos)]
    [InlineData("10 0C 00 04 4D 51 54 54 04 42 00 00 00 00", 0, MalformedCause.PasswordWithoutUserName)]
    [InlineData("10 0C 00 04 4D 51 54 55 04 02 00 00 00 00", 0, MalformedCause.InvalidProtocolName)]
    [InlineData("10 0C 00 04 4D 51 54 54 06 02 00 00 00 00", 0, MalformedCause.UnsupportedProtocolVersion)]
    [InlineData("10 0D 00 04 4D 51 54 54 04 02 00 00 00 00 00", 0, MalformedCause.TrailingBytes)]
    [InlineData("10 11 00 04 4D 51 54 54 05 02 00 00 04 16 00 01 61 00 00", 0, MalformedCause.AuthenticationDataWithoutMethod)]
    [InlineData("10 10 00 04 4D 51 54 54 05 02 00 00 03 21 00 00 00 00", 0, MalformedCause.PropertyValueOutOfRange)]
    public void Refuses_with_its_cause(string hex, int version, MalformedCause expected)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        var status = PacketFraming.TryReadHeader(bytes, (MqttVersion)version, Limits.MaxPacketSizeBytes, out var header, out var cause);
        if (status == ReadStatus.Complete)
        {
            Assert.Equal(bytes.Length, header.TotalLength);
            Assert.False(Samples.TryDecode(header, bytes.AsSpan(header.HeaderLength), (MqttVersion)version, Limits, out cause));
        }
        Assert.Equal(expected, cause);
        Assert.True(cause.ToReasonCode() >= ReasonCode.UnspecifiedError);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("#", true)]
    [InlineData("+", true)]
    [InlineData("+/+/#", true)]
    [InlineData("/", true)]
    [InlineData("a/+/b", true)]
    [InlineData("a//b", true)]
    [InlineData("$share/g/#", true)]
    [InlineData("$share/g//", true)]
    [InlineData("", false)]
    [InlineData("a#", false)]
    [InlineData("a/#/b", false)]
    [InlineData("a+/b", false)]
    [InlineData("a/+b", false)]
    [InlineData("##", false)]
    [InlineData("$share/g", false)]
    [InlineData("$share/g/", false)]
    [InlineData("$share//a", false)]
    [InlineData("$share/+/a", false)]
    public void Knows_topic_filters(string filter, bool valid)
        => Assert.Equal(valid, MqttText.IsTopicFilter(System.Text.Encoding.UTF8.GetBytes(filter)));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(127, 1)]
    [InlineData(128, 2)]
    [InlineData(16_383, 2)]
    [InlineData(16_384, 3)]
    [InlineData(2_097_151, 3)]
    [InlineData(2_097_152, 4)]
    [InlineData(268_435_455, 4)]
    public void Variable_integers_round_trip_at_their_bounds(int value, int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        Assert.Equal(length, VariableInteger.Write(bytes, value));
        Assert.Equal(length, VariableInteger.LengthOf(value));
        Assert.Equal(ReadStatus.Complete, VariableInteger.Read(bytes, out var back, out var used));
        Assert.Equal((value, length), (back, used));
    }
}
