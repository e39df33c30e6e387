using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Tests.MqttClients;

/// <summary>One connection seen from the server: reads the client's packets one by one and sends what the script says.</summary>
internal sealed class ScriptedConnection(PipeReader input, PipeWriter output, MqttVersion version)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>The next packet, which must be of this type.</summary>
    public async Task<ScriptedPacket> ExpectAsync(PacketType type)
    {
        var packet = await ReadAsync();
        Assert.NotNull(packet);
        Assert.Equal(type, packet.Type);
        return packet;
    }

    /// <summary>True when the client has closed its side with nothing more sent.</summary>
    public async Task<bool> IsClosedAsync() => await ReadAsync() is null;

    /// <summary>The next packet, or null when the client has closed.</summary>
    public async Task<ScriptedPacket?> ReadAsync()
    {
        while (true)
        {
            var result = await input.ReadAsync().AsTask().WaitAsync(Deadline);
            var packet = TryTake(result.Buffer, out var consumed);
            input.AdvanceTo(consumed, packet is null ? result.Buffer.End : consumed);
            if (packet is not null || result.IsCompleted)
            {
                return packet;
            }
        }
    }

    /// <summary>True when bytes of the client are waiting to be read.</summary>
    public bool HasMore()
    {
        if (!input.TryRead(out var result))
        {
            return false;
        }

        input.AdvanceTo(result.Buffer.Start);
        return result.Buffer.Length > 0;
    }

    public Task AcceptAsync(bool sessionPresent, ushort? receiveMaximum = null, byte code = 0) => SendAsync(writer =>
    {
        var properties = new PropertyWriter();
        if (receiveMaximum is { } maximum)
        {
            properties.Add(PropertyId.ReceiveMaximum, maximum);
        }

        new ConnAckPacket { SessionPresent = sessionPresent, Code = code, Properties = properties.Written }.WriteTo(writer, version);
    });

    public Task PublishAsync(string topic, string payload, byte qos, ushort packetId, bool duplicate = false) => SendAsync(writer => new PublishPacket
    {
        Topic = Encoding.UTF8.GetBytes(topic),
        Payload = Encoding.UTF8.GetBytes(payload),
        Qos = qos,
        PacketId = packetId,
        Dup = duplicate,
    }.WriteTo(writer, version));

    public Task AcknowledgeAsync(PacketType type, ushort packetId, ReasonCode reason = ReasonCode.Success) =>
        SendAsync(writer => new AckPacket { Type = type, PacketId = packetId, Reason = reason }.WriteTo(writer, version));

    public Task GrantAsync(ushort packetId, params byte[] codes) =>
        SendAsync(writer => new SubAckPacket { Type = PacketType.SubAck, PacketId = packetId, Codes = codes }.WriteTo(writer, version));

    public Task DisconnectAsync(ReasonCode reason) =>
        SendAsync(writer => new DisconnectPacket { Reason = reason }.WriteTo(writer, version));

    public Task SendAsync(byte[] bytes) => SendAsync(writer => writer.Write(bytes));

    /// <summary>Closes both directions, as a dying server does.</summary>
    public async Task CloseAsync()
    {
        await output.CompleteAsync();
        await input.CompleteAsync();
    }

    private async Task SendAsync(Action<IBufferWriter<byte>> write)
    {
        write(output);
        await output.FlushAsync();
    }

    private ScriptedPacket? TryTake(in ReadOnlySequence<byte> buffer, out SequencePosition consumed)
    {
        using var scratch = new PacketScratch();
        var reader = new PacketReader(buffer, scratch, int.MaxValue);
        var status = reader.TryRead(version, out var header, out var body);
        Assert.NotEqual(ReadStatus.Malformed, status);
        consumed = reader.Consumed;
        return status == ReadStatus.Complete ? new ScriptedPacket(header.Type, header.Flags, body.ToArray(), version) : null;
    }
}
