using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Security;
using Fengsui.Ingest.Mqtt.Server;

namespace Fengsui.Ingest.Tests.Mqtt.Support;

/// <summary>A broker with a fake clock and a scripted intake; clients connect through memory.</summary>
internal sealed class BrokerFixture : IAsyncDisposable
{
    public BrokerFixture(MqttServerOptions? options = null, TopicAccessList? access = null, IMqttAuthenticator? authenticator = null)
        => Broker = new MqttBroker(options ?? new MqttServerOptions(), Intake, authenticator ?? new AnonymousAuthenticator(), access ?? TopicAccessList.Everything, Clock);

    public FakeClock Clock { get; } = new();

    public ScriptedIntake Intake { get; } = new();

    public MqttBroker Broker { get; }

    public TestClient Open(MqttVersion version = MqttVersion.V5, int outputLimitBytes = 64 * 1024)
    {
        var connection = new TestConnection(outputLimitBytes);
        return new TestClient(connection, Broker.ServeAsync(connection), version);
    }

    public async Task<TestClient> ConnectAsync(string clientId, MqttVersion version = MqttVersion.V5, bool clean = true, Action<PropertyWriter>? properties = null, Will? will = null, ushort keepAlive = 0)
    {
        var client = Open(version);
        var answer = await client.ConnectAsync(clientId, clean, keepAlive, properties, will);
        Assert.Equal(ReasonCode.Success, answer.Reason);
        return client;
    }

    /// <summary>Lets time pass until something is done; for what depends on work in the thread pool as well.</summary>
    public async Task AdvanceUntilAsync(Task done)
    {
        var deadline = System.Diagnostics.Stopwatch.GetTimestamp() + (10 * System.Diagnostics.Stopwatch.Frequency);
        while (!done.IsCompleted && System.Diagnostics.Stopwatch.GetTimestamp() < deadline)
        {
            Clock.Advance(0.5);
            await Task.Yield();
        }
        await done.WaitAsync(TimeSpan.FromSeconds(1));
    }

    public ValueTask DisposeAsync() => Broker.DisposeAsync();
}
