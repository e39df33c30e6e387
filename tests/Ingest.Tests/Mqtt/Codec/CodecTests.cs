using System.Buffers;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Support;

namespace Fengsui.Ingest.Tests.Mqtt.Codec;

public sealed class CodecTests
{
    private static readonly DecodeLimits Limits = new(1024 * 1024, 64);

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, Samples.All.Count)];

    [Theory, MemberData(nameof(Indexes))]
    public void Every_sample_is_read_and_decoded(int index)
    {
        var (name, version, bytes) = Samples.All[index];
        using var scratch = new PacketScratch();
        var reader = new PacketReader(new ReadOnlySequence<byte>(bytes), scratch, Limits.MaxPacketSizeBytes);
        Assert.Equal(ReadStatus.Complete, reader.TryRead(version, out var header, out var body));
        Assert.True(Samples.TryDecode(header, body, version, Limits, out var cause), $"{name} {version}: {cause}");
        Assert.Equal(ReadStatus.NeedMore, reader.TryRead(version, out _, out _));
    }

    [Theory, MemberData(nameof(Indexes))]
    public void Every_prefix_needs_more_and_consumes_nothing(int index)
    {
        var (_, version, bytes) = Samples.All[index];
        using var scratch = new PacketScratch();
        for (var length = 0; length < bytes.Length; length++)
        {
            var sequence = new ReadOnlySequence<byte>(bytes, 0, length);
            var reader = new PacketReader(sequence, scratch, Limits.MaxPacketSizeBytes);
            Assert.Equal(ReadStatus.NeedMore, reader.TryRead(version, out _, out _));
            Assert.Equal(0, sequence.Slice(sequence.Start, reader.Consumed).Length);
        }
    }

    [Theory, MemberData(nameof(Indexes))]
    public void Every_split_gives_the_same_packets(int index)
    {
        var (_, version, bytes) = Samples.All[index];
        byte[] two = [.. bytes, .. bytes];
        for (var split = 0; split <= two.Length; split++) AssertTwoPackets(Segment.Sequence(two[..split], two[split..]), bytes, version);
        AssertTwoPackets(Segment.Sequence(two.Select(b => new[] { b }).ToArray()), bytes, version);
    }

    [Theory, MemberData(nameof(Indexes))]
    public void A_shortened_body_is_refused_and_never_throws(int index)
    {
        var (name, version, bytes) = Samples.All[index];
        Assert.Equal(ReadStatus.Complete, PacketFraming.TryReadHeader(bytes, version, int.MaxValue, out var header, out _));
        if (header.RemainingLength == 0) return;
        var body = bytes.AsSpan(header.HeaderLength);
        var accepted = 0;
        for (var length = 0; length < body.Length; length++)
        {
            if (Samples.TryDecode(header, body[..length], version, Limits, out var cause)) accepted++;
            else Assert.NotEqual(MalformedCause.None, cause);
        }
        // Shorter forms exist where a payload, a list or an optional tail ends the packet.
        if (header.Type is PacketType.Connect or PacketType.ConnAck) Assert.True(accepted == 0, name);
        else Assert.True(accepted < body.Length, name);
    }

    [Fact]
    public void Mutated_packets_are_accepted_or_refused_but_never_throw()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        using var scratch = new PacketScratch();
        for (var round = 0; round < 60_000; round++)
        {
            var (_, version, bytes) = Samples.All[random.Next(Samples.All.Count)];
            var mutant = Mutate(bytes, random);
            var sequence = random.Next(2) == 0 ? new ReadOnlySequence<byte>(mutant) : Segment.Sequence(mutant[..(mutant.Length / 2)], mutant[(mutant.Length / 2)..]);
            var reader = new PacketReader(sequence, scratch, Limits.MaxPacketSizeBytes);
            while (reader.TryRead(version, out var header, out var body) == ReadStatus.Complete)
            {
                var accepted = Samples.TryDecode(header, body, version, Limits, out var cause);
                Assert.True(accepted == (cause == MalformedCause.None), $"seed {Seed} round {round}");
            }
        }
    }

    [Fact]
    public void Publish_round_trips_for_random_contents()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        for (var round = 0; round < 2000; round++)
        {
            var version = random.Next(2) == 0 ? MqttVersion.V311 : MqttVersion.V5;
            var qos = (byte)random.Next(3);
            var topic = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => "abc/烽燧 é$"[random.Next(9)])));
            var payload = new byte[random.Next(5) == 0 ? random.Next(20_000) : random.Next(200)];
            random.NextBytes(payload);
            var properties = version == MqttVersion.V5 && random.Next(2) == 0 ? new PropertyWriter().Add(PropertyId.MessageExpiryInterval, (uint)random.Next()).AddUser("n", "v").Written.ToArray() : [];
            var packet = new PublishPacket { Topic = topic, Payload = payload, Qos = qos, Dup = qos > 0 && random.Next(2) == 0, Retain = random.Next(2) == 0, PacketId = qos > 0 ? (ushort)random.Next(1, 65_536) : (ushort)0, Properties = properties };
            var bytes = new byte[packet.GetLength(version)];
            Assert.Equal(bytes.Length, packet.Write(bytes, version));
            Assert.Equal(ReadStatus.Complete, PacketFraming.TryReadHeader(bytes, version, int.MaxValue, out var header, out _));
            Assert.Equal(bytes.Length, header.TotalLength);
            Assert.True(PublishPacket.TryParse(header.Flags, bytes.AsSpan(header.HeaderLength), version, Limits, out var back, out var cause), $"seed {Seed} round {round}: {cause}");
            Assert.True(back.Topic.SequenceEqual(topic) && back.Payload.SequenceEqual(payload) && back.Properties.SequenceEqual(properties));
            Assert.Equal((packet.Qos, packet.Dup, packet.Retain, packet.PacketId), (back.Qos, back.Dup, back.Retain, back.PacketId));
        }
    }

    [Fact]
    public void Connect_round_trips()
    {
        var (_, _, bytes) = Samples.All.First(s => s.Name == "CONNECT" && s.Version == MqttVersion.V5);
        Assert.Equal(ReadStatus.Complete, PacketFraming.TryReadHeader(bytes, MqttVersion.Unknown, int.MaxValue, out var header, out _));
        Assert.True(ConnectPacket.TryParse(bytes.AsSpan(header.HeaderLength), Limits, out var packet, out _));
        var again = new ArrayBufferWriter<byte>();
        packet.WriteTo(again);
        Assert.Equal(bytes, again.WrittenSpan.ToArray());
    }

    [Fact]
    public void Publish_and_acknowledgements_are_decoded_and_encoded_without_allocating()
    {
        var publishes = Samples.All.Where(s => s.Name.StartsWith("PUB", StringComparison.Ordinal)).Select(s => (s.Version, s.Bytes)).ToArray();
        var target = new byte[1024];
        using var scratch = new PacketScratch();
        Run(publishes, scratch, target);
        var least = Allocation.LeastOf(() =>
        {
            for (var i = 0; i < 200; i++) Run(publishes, scratch, target);
        });
        Assert.Equal(0, least);

        static void Run((MqttVersion Version, byte[] Bytes)[] packets, PacketScratch scratch, byte[] target)
        {
            foreach (var (version, bytes) in packets)
            {
                var reader = new PacketReader(new ReadOnlySequence<byte>(bytes), scratch, Limits.MaxPacketSizeBytes);
                reader.TryRead(version, out var header, out var body);
                if (header.Type == PacketType.Publish && PublishPacket.TryParse(header.Flags, body, version, Limits, out var publish, out _)) publish.Write(target, version);
                else if (AckPacket.TryParse(header.Type, body, version, Limits, out var ack, out _)) AckPacket.WriteShort(target, version, ack.Type, ack.PacketId, ack.Reason);
            }
        }
    }

    private static void AssertTwoPackets(ReadOnlySequence<byte> sequence, byte[] packet, MqttVersion version)
    {
        using var scratch = new PacketScratch();
        var reader = new PacketReader(sequence, scratch, Limits.MaxPacketSizeBytes);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(ReadStatus.Complete, reader.TryRead(version, out var header, out var body));
            Assert.Equal(packet.Length, header.TotalLength);
            Assert.True(body.SequenceEqual(packet.AsSpan(header.HeaderLength)));
        }
        Assert.Equal(ReadStatus.NeedMore, reader.TryRead(version, out _, out _));
        Assert.Equal(0, sequence.Slice(reader.Consumed).Length);
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var mutant = (byte[])bytes.Clone();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var at = random.Next(mutant.Length);
            mutant[at] = random.Next(4) switch { 0 => 0, 1 => 0xFF, 2 => (byte)(mutant[at] ^ (1 << random.Next(8))), _ => (byte)random.Next(256) };
        }
        return random.Next(4) == 0 ? mutant[..random.Next(mutant.Length)] : mutant;
    }
}
