using System.Buffers;
using System.Text;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Tests.Mqtt.Support;

/// <summary>A client on the other end of a connection in memory, made of our own codec. Every wait has a limit, so a broken server fails a test and does not hang it.</summary>
internal sealed class TestClient(TestConnection connection, Task served, MqttVersion version) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ArrayBufferWriter<byte> _out = new();
    private ushort _packetId;

    public TestConnection Connection { get; } = connection;

    public MqttVersion Version { get; } = version;

    /// <summary>Completes when the server has let go of the connection.</summary>
    public Task Served { get; } = served;

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await Connection.ToServer.WriteAsync(bytes);

    public async Task<ReceivedPacket> ConnectAsync(string clientId, bool clean = true, ushort keepAlive = 0, Action<PropertyWriter>? properties = null, Will? will = null, string? user = null, string? password = null)
    {
        await SendConnectAsync(clientId, clean, keepAlive, properties, will, user, password);
        var answer = await ReceiveAsync();
        Assert.Equal(PacketType.ConnAck, answer.Type);
        return answer;
    }

    public Task SendConnectAsync(string clientId, bool clean = true, ushort keepAlive = 0, Action<PropertyWriter>? properties = null, Will? will = null, string? user = null, string? password = null)
    {
        var section = new PropertyWriter();
        properties?.Invoke(section);
        var willSection = new PropertyWriter();
        will?.Properties?.Invoke(willSection);
        return SendPacketAsync(output => new ConnectPacket
        {
            ProtocolLevel = (byte)Version,
            CleanStart = clean,
            KeepAliveSeconds = keepAlive,
            Properties = section.Written,
            ClientId = Encoding.UTF8.GetBytes(clientId),
            HasWill = will is not null,
            WillTopic = Encoding.UTF8.GetBytes(will?.Topic ?? ""),
            WillPayload = Encoding.UTF8.GetBytes(will?.Payload ?? ""),
            WillQos = will?.Qos ?? 0,
            WillRetain = will?.Retain ?? false,
            WillProperties = willSection.Written,
            HasUserName = user is not null,
            UserName = Encoding.UTF8.GetBytes(user ?? ""),
            HasPassword = password is not null,
            Password = Encoding.UTF8.GetBytes(password ?? ""),
        }.WriteTo(output));
    }

    public Task PublishAsync(string topic, string payload, byte qos = 0, bool retain = false, ushort packetId = 0, bool dup = false, Action<PropertyWriter>? properties = null)
    {
        var section = new PropertyWriter();
        properties?.Invoke(section);
        return SendPacketAsync(output => new PublishPacket
        {
            Topic = Encoding.UTF8.GetBytes(topic),
            Payload = Encoding.UTF8.GetBytes(payload),
            Qos = qos,
            Retain = retain,
            Dup = dup,
            PacketId = qos == 0 ? (ushort)0 : packetId != 0 ? packetId : ++_packetId,
            Properties = section.Written,
        }.WriteTo(output, Version));
    }

    public Task SendAckAsync(PacketType type, ushort packetId, ReasonCode reason = ReasonCode.Success)
        => SendPacketAsync(output => new AckPacket { Type = type, PacketId = packetId, Reason = reason }.WriteTo(output, Version));

    public async Task<byte[]> SubscribeAsync(string filter, SubscriptionOptions options = default, uint identifier = 0)
    {
        var section = new PropertyWriter();
        if (identifier != 0) section.Add(PropertyId.SubscriptionIdentifier, identifier);
        var filters = new ArrayBufferWriter<byte>();
        SubscribePacket.WriteFilter(filters, Encoding.UTF8.GetBytes(filter), options);
        await SendPacketAsync(output => new SubscribePacket { PacketId = ++_packetId, Properties = section.Written, Filters = filters.WrittenSpan }.WriteTo(output, Version));
        return (await ReceiveAsync(PacketType.SubAck)).Codes;
    }

    public async Task<byte[]> UnsubscribeAsync(string filter)
    {
        var filters = new ArrayBufferWriter<byte>();
        UnsubscribePacket.WriteFilter(filters, Encoding.UTF8.GetBytes(filter));
        await SendPacketAsync(output => new UnsubscribePacket { PacketId = ++_packetId, Filters = filters.WrittenSpan }.WriteTo(output, Version));
        return (await ReceiveAsync(PacketType.UnsubAck)).Codes;
    }

    public async Task DisconnectAsync(ReasonCode reason = ReasonCode.Success, Action<PropertyWriter>? properties = null)
    {
        var section = new PropertyWriter();
        properties?.Invoke(section);
        await SendPacketAsync(output => new DisconnectPacket { Reason = reason, Properties = section.Written }.WriteTo(output, Version));
        await Served.WaitAsync(Limit);
    }

    /// <summary>The line goes dead, without DISCONNECT.</summary>
    public async Task DropAsync()
    {
        await Connection.ToServer.CompleteAsync();
        await Served.WaitAsync(Limit);
    }

    /// <summary>Waits until the server has handled everything sent so far; nothing else may arrive before.</summary>
    public async Task PingAsync()
    {
        await SendAsync(PingPacket.Request.ToArray());
        Assert.Equal(PacketType.PingResp, (await ReceiveAsync()).Type);
    }

    public async Task<ReceivedPacket> ReceiveAsync(PacketType expected)
    {
        var packet = await ReceiveAsync();
        Assert.Equal(expected, packet.Type);
        return packet;
    }

    public async Task<ReceivedPacket> ReceiveAsync() => await TryReceiveAsync() ?? throw new InvalidOperationException("the server closed the connection");

    /// <summary>Null when the server has closed the connection.</summary>
    public async Task<ReceivedPacket?> TryReceiveAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var result = await Connection.FromServer.ReadAsync(limit.Token);
            if (TryTake(result.Buffer, out var packet, out var consumed))
            {
                Connection.FromServer.AdvanceTo(consumed);
                return packet;
            }
            Connection.FromServer.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted || result.IsCanceled) return null;
        }
    }

    /// <summary>Reads until the server closes, and gives the last packet before that.</summary>
    public async Task<ReceivedPacket?> ReceiveLastAsync()
    {
        ReceivedPacket? last = null;
        while (await TryReceiveAsync() is { } packet) last = packet;
        await Served.WaitAsync(Limit);
        return last;
    }

    public async Task SendPacketAsync(Action<IBufferWriter<byte>> write)
    {
        _out.Clear();
        write(_out);
        await SendAsync(_out.WrittenMemory);
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.ToServer.CompleteAsync();
        await Connection.FromServer.CompleteAsync();
    }

    private bool TryTake(ReadOnlySequence<byte> buffer, out ReceivedPacket? packet, out SequencePosition consumed)
    {
        using var scratch = new PacketScratch();
        var reader = new PacketReader(buffer, scratch, DecodeLimits.Protocol.MaxPacketSizeBytes);
        var status = reader.TryRead(Version, out var header, out var body);
        Assert.NotEqual(ReadStatus.Malformed, status);
        packet = status == ReadStatus.Complete ? new ReceivedPacket(header.Type, header.Flags, body.ToArray(), Version) : null;
        consumed = reader.Consumed;
        return packet is not null;
    }
}
