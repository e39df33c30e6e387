using Fengsui.Api.Security.Views;
using Fengsui.Devices.Audit;
using Fengsui.Devices.Engine;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/alerts/{id}/story</c>: everything about one alert.</summary>
internal static class StoryEndpoint
{
    /// <summary>One at a time: each reads the alert log, the audit log and up to a segment of the journal.</summary>
    private static readonly SemaphoreSlim One = new(1, 1);

    public static async Task ShowAsync(HttpContext context, DeviceEngine engine)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        await One.WaitAsync(context.RequestAborted);
        try
        {
            var story = await Task.Run(() => AlertStory.Tell(engine.DataDirectory, id, explains: true, context.RequestAborted), context.RequestAborted);
            CallerView.Of(context).Tell("stories", id);
            await (story is null
                ? Problem.WriteAsync(context, StatusCodes.Status404NotFound, "the alert log has no alert of this id")
                : Json.WriteAsync(context, StatusCodes.Status200OK, json => StoryJson.Write(json, story)));
        }
        finally
        {
            One.Release();
        }
    }
}
