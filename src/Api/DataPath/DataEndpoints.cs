using Fengsui.Api.Endpoints;
using Fengsui.Api.Hosting;

namespace Fengsui.Api.DataPath;

/// <summary>The endpoints beneath <c>/api/v1</c> that show the data.</summary>
internal static class DataEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, TelemetryDataPath data, HostContext host) =>
        DataApi.Map(routes, () => data.Engine, () => data.Alerts, host.Stopping);
}
