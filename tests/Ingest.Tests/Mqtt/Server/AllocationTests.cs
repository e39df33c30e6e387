using System.Buffers;
using Fengsui.Devices.Journal;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Security;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Mqtt.Sessions;
using Fengsui.Ingest.Tests.Mqtt.Support;
using Fengsui.Support;

namespace Fengsui.Ingest.Tests.Mqtt.Server;

public sealed class AllocationTests
{
    [Theory, InlineData(0, MqttVersion.V311), InlineData(1, MqttVersion.V311), InlineData(0, MqttVersion.V5), InlineData(1, MqttVersion.V5)]
    public async Task Taking_and_acknowledging_a_known_topic_allocates_nothing(byte qos, MqttVersion version)
    {
        await using var broker = new MqttBroker(new MqttServerOptions(), new Committed(), new AnonymousAuthenticator(), TopicAccessList.Everything, new FakeClock());
        var output = new ConnectionOutput(System.IO.Pipelines.PipeWriter.Create(Stream.Null), new ConnectionCounters(), 1 << 20);
        output.Configure(version, int.MaxValue, 0);
        var held = new HeldAcks(output);
        using var receiver = new PublishReceiver(broker, new MqttSession(broker, "a"), new Committed(), held, version);
        var packets = Enumerable.Range(0, 16).Select(i => Encode($"telemetry/device-{i:D3}", qos, version)).ToArray();
        for (var i = 0; i < 50; i++) Read();
        var reads = 50;
        var least = Allocation.LeastOf(() =>
        {
            for (var i = 0; i < 200; i++, reads++) Read();
        });
        Assert.Equal(0, least);
        Assert.Equal(qos == 0 ? 0 : 16 * reads, held.ReleasedQuota);

        void Read()
        {
            foreach (var (flags, body) in packets) Assert.True(receiver.Receive(flags, body) == MalformedCause.None);
            receiver.TryCommit(null!);
            receiver.HandOverAcks();
            output.Flush();
        }
    }

    private static (byte Flags, byte[] Body) Encode(string topic, byte qos, MqttVersion version)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new PublishPacket { Topic = System.Text.Encoding.UTF8.GetBytes(topic), Payload = new byte[93], Qos = qos, PacketId = qos }.WriteTo(buffer, version);
        PacketFraming.TryReadHeader(buffer.WrittenSpan, version, int.MaxValue, out var header, out _);
        return (header.Flags, buffer.WrittenSpan[header.HeaderLength..].ToArray());
    }

    private sealed class Committed : IIntake, IConnectionIntake
    {
        public byte RefusedReason => 0;

        public bool HasStaged { get; private set; }

        public int Staged => 0;

        public bool NeedsCommit => false;

        public long CommittedPosition => 0;

        public IConnectionIntake Open(string clientId, string protocol, string? user) => this;

        public IntakeVerdict Accept(in InboundMessage message)
        {
            HasStaged = true;
            return IntakeVerdict.Staged;
        }

        public bool TryCommit(ICommitWaiter waiter, out long position)
        {
            HasStaged = false;
            position = 0;
            return true;
        }

        public ValueTask WaitForRoomAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public void Dispose()
        {
        }
    }
}
