using Microsoft.AspNetCore.Connections;

namespace Fengsui.Api.Hosting;

/// <summary>
/// What runs behind the listeners, from an MQTT connection to the alert log. The host calls, in this order:
/// <see cref="Map"/>, <see cref="StartAsync"/> (listeners are open, connections still turned away),
/// <see cref="ServeMqttAsync"/> for each connection, <see cref="StopAsync"/> (every connection has ended), dispose.
/// </summary>
public interface IDataPath : IAsyncDisposable
{
    /// <summary>Adds the endpoints that show the data, beneath <c>/api/v1</c>.</summary>
    void Map(IEndpointRouteBuilder routes);

    /// <summary>Opens the journal and recovers. Connections are admitted once it has returned.</summary>
    /// <exception cref="EnvironmentException">The disk does not let it.</exception>
    Task StartAsync(CancellationToken cancel);

    /// <summary>
    /// Serves one connection until it ends. When the host stops, the connection's lifetime notification asks it to end:
    /// it then takes no more, sends the acknowledgements it owes and returns.
    /// </summary>
    Task ServeMqttAsync(ConnectionContext connection);

    /// <summary>Commits and flushes everything. <paramref name="cancel"/> fires when the time to stop in is up.</summary>
    Task StopAsync(CancellationToken cancel);
}
