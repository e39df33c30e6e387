using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Mqtt.Sessions;
using Fengsui.Ingest.Tests.Mqtt.Support;

namespace Fengsui.Ingest.Tests.Mqtt.Server;

public sealed class StateStoreTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mqtt-state").FullName;

    private string StatePath => Path.Combine(_directory, "mqtt.state");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Sessions_and_retained_messages_outlive_a_restart()
    {
        await SaveASessionAsync(graceful: true);
        await using var after = new BrokerFixture();
        var store = new MqttStateStore(StatePath);
        var report = store.Load(after.Broker);
        Assert.Equal((StateLoadOutcome.Loaded, 1, 1), (report.Outcome, report.Sessions, report.RetainedMessages));
        after.Broker.Publish("t", "2"u8.ToArray(), 1, retain: false);
        var client = after.Open();
        Assert.Equal(1, (await client.ConnectAsync("a", clean: false, properties: p => p.Add(PropertyId.SessionExpiryInterval, 100))).Body[0]);
        var again = await client.ReceiveAsync(PacketType.Publish);
        Assert.Equal(("0", true), (again.Payload, again.Dup));
        Assert.Equal("1", (await client.ReceiveAsync(PacketType.Publish)).Payload);
        Assert.Equal("2", (await client.ReceiveAsync(PacketType.Publish)).Payload);
        await client.SubscribeAsync("kept");
        Assert.Equal("r", (await client.ReceiveAsync(PacketType.Publish)).Payload);
        await client.PublishAsync("telemetry/1", "x", qos: 2, packetId: 9, dup: true);
        await client.ReceiveAsync(PacketType.PubRec);
        Assert.Empty(after.Intake.Accepted);
    }

    [Fact]
    public async Task A_snapshot_without_graceful_shutdown_forgets_inbound_qos_2_rather_than_lose_a_message()
    {
        await SaveASessionAsync(graceful: false);
        await using var after = new BrokerFixture();
        var store = new MqttStateStore(StatePath);
        store.Load(after.Broker);
        var client = after.Open();
        await client.ConnectAsync("a", clean: true);
        await client.PublishAsync("telemetry/1", "x", qos: 2, packetId: 9);
        await client.PingAsync();
        Assert.Equal(["x"], after.Intake.Accepted);
    }

    [Fact]
    public async Task Point_2_a_torn_or_corrupt_file_is_set_aside_at_every_length_and_byte()
    {
        await SaveASessionAsync(graceful: true);
        var whole = await File.ReadAllBytesAsync(StatePath);
        var random = new Random(11);
        for (var round = 0; round < 120; round++)
        {
            var damaged = round % 2 == 0 ? whole[..random.Next(whole.Length)] : (byte[])whole.Clone();
            if (round % 2 == 1) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(StatePath, damaged);
            await using var after = new BrokerFixture();
            var store = new MqttStateStore(StatePath);
            var report = store.Load(after.Broker);
            Assert.True(report.Outcome is StateLoadOutcome.NotAStateFile or StateLoadOutcome.ChecksumMismatch, $"round {round}: {report.Outcome}");
            Assert.Equal((0, 0), (after.Broker.SessionCount, after.Broker.RetainedCount));
            Assert.Equal(1, after.Broker.CountOf(DropPolicy.StateFileSetAside));
            Assert.False(File.Exists(StatePath));
            File.Delete(report.SetAsidePath!);
        }
    }

    [Fact]
    public async Task Point_9_the_file_is_readable_by_its_owner_only_and_the_same_state_gives_the_same_bytes()
    {
        await SaveASessionAsync(graceful: true);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(StatePath));
        var first = await File.ReadAllBytesAsync(StatePath);
        await SaveASessionAsync(graceful: true);
        Assert.Equal(first, await File.ReadAllBytesAsync(StatePath));
    }

    private async Task SaveASessionAsync(bool graceful)
    {
        await using var before = new BrokerFixture();
        var client = await before.ConnectAsync("a", clean: false, properties: p => p.Add(PropertyId.SessionExpiryInterval, 100).Add(PropertyId.ReceiveMaximum, 1));
        await client.SubscribeAsync("t", new SubscriptionOptions(1), identifier: 3);
        before.Broker.ReplaceRetained("kept", "r"u8.ToArray());
        for (var i = 0; i < 2; i++) before.Broker.Publish("t", new[] { (byte)('0' + i) }, 1, retain: false);
        await client.ReceiveAsync(PacketType.Publish);
        await client.PublishAsync("telemetry/1", "x", qos: 2, packetId: 9);
        await client.PingAsync();
        await before.Broker.StopAsync();
        var store = new MqttStateStore(StatePath);
        Assert.True(store.TrySave(before.Broker, graceful));
    }
}
