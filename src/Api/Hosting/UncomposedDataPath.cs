using Fengsui.Api.Endpoints;
using Microsoft.AspNetCore.Connections;

namespace Fengsui.Api.Hosting;

/// <summary>Stands where the data path will be: closes every MQTT connection and says at <c>/readyz</c> that it is missing.</summary>
internal sealed class UncomposedDataPath : IDataPath
{
    public UncomposedDataPath(HostContext context) =>
        context.Readiness.Add("data_path", () => ReadinessResult.NotReady("no data path is composed into this build"));

    public void Map(IEndpointRouteBuilder routes)
    {
    }

    public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task ServeMqttAsync(ConnectionContext connection) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
