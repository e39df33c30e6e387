using Fengsui.Api.Commands.Rules.Explain;
using Fengsui.Api.Security.Views;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Replay;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/alerts/{id}/explain</c>: why an alert fired, by running the journal behind it again.</summary>
internal static class ExplainEndpoint
{
    /// <summary>One at a time: each reads up to a segment of the journal and takes a core while it does.</summary>
    private static readonly SemaphoreSlim One = new(1, 1);

    public static async Task ShowAsync(HttpContext context, DeviceEngine engine)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var zone = (engine.Alerts.Find(id) ?? engine.ShadowAlerts.Find(id))?.Latest.Zone ?? "";
        if (!await CallerView.Of(context).NeedsAsync(context, DataClasses.Safety, zone))
        {
            return;
        }

        await One.WaitAsync(context.RequestAborted);
        try
        {
            var explanation = await Task.Run(() => Explainer.Explain(engine.DataDirectory, id, context.RequestAborted), context.RequestAborted);
            await (explanation is null
                ? Problem.WriteAsync(context, StatusCodes.Status404NotFound, "the alert log has no alert of this id")
                : Json.WriteAsync(context, StatusCodes.Status200OK, json => ExplainJson.Write(json, explanation)));
        }
        catch (InvalidDataException lost)
        {
            await Problem.WriteAsync(context, StatusCodes.Status410Gone, lost.Message);
        }
        finally
        {
            One.Release();
        }
    }
}
