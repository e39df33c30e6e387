using System.Buffers;
using System.Text;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>CONNECT and CONNACK on a fresh transport.</summary>
internal static class MqttHandshake
{
    /// <exception cref="MqttConnectException">The server refused, or answered with something else.</exception>
    public static async Task<MqttServerTerms> RunAsync(MqttTransport transport, MqttClientOptions options, bool cleanStart, CancellationToken cancellation)
    {
        WriteConnect(transport.Output, options, cleanStart);
        await transport.Output.FlushAsync(cancellation).ConfigureAwait(false);
        using var scratch = new PacketScratch();
        while (true)
        {
            var result = await transport.Input.ReadAsync(cancellation).ConfigureAwait(false);
            var terms = TryReadTerms(result.Buffer, options, scratch, out var consumed);
            transport.Input.AdvanceTo(consumed, terms is null ? result.Buffer.End : consumed);
            if (terms is not null)
            {
                return terms.Code == 0 ? terms : throw new MqttConnectException(new MqttDisconnect(MqttDisconnectKind.Refused, terms.Code, terms.ReasonText));
            }

            if (result.IsCompleted)
            {
                throw new MqttConnectException(new MqttDisconnect(MqttDisconnectKind.Lost, Text: "closed before CONNACK"));
            }
        }
    }

    private static MqttServerTerms? TryReadTerms(in ReadOnlySequence<byte> buffer, MqttClientOptions options, PacketScratch scratch, out SequencePosition consumed)
    {
        var limits = new DecodeLimits(options.MaxPacketSizeBytes, int.MaxValue);
        var reader = new PacketReader(buffer, scratch, options.MaxPacketSizeBytes);
        var status = reader.TryRead(options.Version, out var header, out var body);
        var cause = reader.Cause;
        consumed = reader.Consumed;
        if (status == ReadStatus.NeedMore)
        {
            return null;
        }

        if (status == ReadStatus.Complete && header.Type != PacketType.ConnAck)
        {
            cause = MalformedCause.UnexpectedPacket;
        }
        else if (status == ReadStatus.Complete && ConnAckPacket.TryParse(body, options.Version, limits, out var packet, out cause))
        {
            return MqttServerTerms.From(packet);
        }

        throw new MqttConnectException(new MqttDisconnect(MqttDisconnectKind.ProtocolError, Cause: cause));
    }

    private static void WriteConnect(IBufferWriter<byte> output, MqttClientOptions options, bool cleanStart)
    {
        var packet = new ConnectPacket
        {
            ProtocolLevel = (byte)options.Version,
            CleanStart = cleanStart,
            KeepAliveSeconds = (ushort)Math.Min(options.KeepAlive.TotalSeconds, ushort.MaxValue),
            Properties = ConnectProperties(options),
            ClientId = Encoding.UTF8.GetBytes(options.ClientId),
            HasUserName = options.UserName is not null,
            UserName = Encoding.UTF8.GetBytes(options.UserName ?? ""),
            HasPassword = options.Password is not null,
            Password = Encoding.UTF8.GetBytes(options.Password ?? ""),
        };
        if (options.Will is { } will)
        {
            packet.HasWill = true;
            packet.WillTopic = Encoding.UTF8.GetBytes(will.Topic);
            packet.WillPayload = will.Payload.Span;
            packet.WillQos = will.Qos;
            packet.WillRetain = will.Retain;
            packet.WillProperties = WillProperties(options, will);
        }

        packet.WriteTo(output);
    }

    private static ReadOnlySpan<byte> ConnectProperties(MqttClientOptions options)
    {
        if (options.Version != MqttVersion.V5)
        {
            return default;
        }

        var writer = new PropertyWriter();
        if (options.SessionExpiry > TimeSpan.Zero)
        {
            writer.Add(PropertyId.SessionExpiryInterval, Seconds(options.SessionExpiry));
        }

        writer.Add(PropertyId.ReceiveMaximum, (uint)Math.Clamp(options.IncomingCapacity, 1, ushort.MaxValue));
        writer.Add(PropertyId.MaximumPacketSize, (uint)options.MaxPacketSizeBytes);
        foreach (var (name, value) in options.UserProperties)
        {
            writer.AddUser(name, value);
        }

        return writer.Written;
    }

    private static ReadOnlySpan<byte> WillProperties(MqttClientOptions options, MqttWill will) =>
        options.Version == MqttVersion.V5 && will.Delay > TimeSpan.Zero
            ? new PropertyWriter().Add(PropertyId.WillDelayInterval, Seconds(will.Delay)).Written
            : default;

    private static uint Seconds(TimeSpan time) => (uint)Math.Min(time.TotalSeconds, uint.MaxValue);
}
