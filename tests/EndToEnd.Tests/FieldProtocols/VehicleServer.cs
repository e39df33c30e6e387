using System.Globalization;

namespace Fengsui.EndToEnd.Tests.FieldProtocols;

/// <summary>A server with one JT/T 808 source, and the phones that may connect.</summary>
internal sealed class VehicleServer : IAsyncDisposable
{
    private readonly TestDirectory _secrets;

    public required FengsuiServer Server { get; init; }

    public required int Port { get; init; }

    public static Task<VehicleServer> StartAsync(ITestOutputHelper output, long firstPhone, int vehicles, params string[] settings) =>
        StartAsync(output, firstPhone, vehicles, ServerSetup.Default.With(settings));

    public static async Task<VehicleServer> StartAsync(ITestOutputHelper output, long firstPhone, int vehicles, ServerSetup setup)
    {
        var port = LoopbackPorts.Take();
        var secrets = new TestDirectory();
        var secret = SecretText.Write(secrets, "jt808", "a secret of the test");
        var terminals = string.Join('\n', Enumerable.Range(0, vehicles).Select(vehicle => string.Create(
            CultureInfo.InvariantCulture, $"      - {{ phone: \"{firstPhone + vehicle}\" }}")));
        var files = new Dictionary<string, string>(setup.Files) { ["sources/trucks.yaml"] = Text(port, secret, terminals) };
        return new VehicleServer(secrets) { Server = await FengsuiServer.StartAsync(output, setup with { Files = files }), Port = port };
    }

    private VehicleServer(TestDirectory secrets) => _secrets = secrets;

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _secrets.Dispose();
    }

    private static string Text(int port, string secret, string terminals) => string.Create(CultureInfo.InvariantCulture, $"""
        jt808:
          - name: trucks
            listen: 127.0.0.1:{port}
            auth_secret_file: {secret}
            terminals:
        {terminals}
        """);
}
