using Fengsui.Api.Configuration;
using Fengsui.Api.Hosting;
using Fengsui.Api.Tests.Configuration;

namespace Fengsui.Api.Tests.Hosting;

/// <summary>A whole server on loopback and free ports around a <see cref="TestDataPath"/>.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly ConfigurationFixture _fixture;

    private TestServer(string? yaml, string[] settings, Func<HostContext, IDataPath>? dataPath = null)
    {
        _fixture = new ConfigurationFixture(yaml);
        foreach (var setting in settings.Concat(["server.mqtt_port=0", "server.mqtts_port=0", "server.http_port=0", "logging.file=false"]))
        {
            var parts = setting.Split('=', 2);
            if (_fixture.CommandLine.All(known => known.Path != parts[0]))
                _fixture.CommandLine.Add(new CommandLineOverride(parts[0], parts[1], "test"));
        }

        Configuration = _fixture.Load();
        Assert.Empty(Configuration.Mistakes);
        var services = new HostServices(dataPath ?? (context => DataPath = new TestDataPath(context)), TimeProvider.System, LogToConsole: false);
        Host = ServerHost.Create(Configuration, services);
    }

    public LoadedConfiguration Configuration { get; }

    public ServerHost Host { get; }

    public TestDataPath DataPath { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public static TestServer Create(string? yaml = null, params string[] settings) => new(yaml, settings);

    /// <summary>Around another data path.</summary>
    public static TestServer Create(Func<HostContext, IDataPath> dataPath) => new(null, [], dataPath);

    public static async Task<TestServer> StartAsync(string? yaml = null, params string[] settings)
    {
        var server = new TestServer(yaml, settings);
        await server.Host.StartAsync(CancellationToken.None);
        server.Connect();
        return server;
    }

    public void Connect() => Client = new HttpClient { BaseAddress = Host.EndPoints!.HttpAddress };

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await Host.DisposeAsync();
        _fixture.Dispose();
    }
}
