using Fengsui.Devices.Engine;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Http;

namespace Fengsui.Api.Endpoints;

/// <summary>
/// <c>POST /api/v1/telemetry</c>: readings in our own JSON forms. Each object of an array stands for itself. Answered once all is durable: 204;
/// 207 would be no help, so 400 with what was wrong first when anything was not stored.
/// </summary>
internal static class TelemetryEndpoint
{
    public const string Path = "/api/v1/telemetry";

    public static async Task PostAsync(HttpContext context, DeviceEngine engine, HttpIntake intake)
    {
        if (!context.Request.HasJsonContentType())
        {
            await Problem.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "send JSON: Content-Type: application/json");
            return;
        }

        var device = context.Request.Query["device"] is [{ Length: > 0 } named, ..] ? named : null;
        var outcome = await WriteRequest.TakeAsync(
            context, engine, intake, writer => writer.WriteJsonAsync(device), (answered, status, _, message) => Problem.WriteAsync(answered, status, message));
        if (outcome is null)
        {
            return;
        }

        if (outcome is { Failed: 0, Partial: RejectReason.None })
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, Detail(outcome));
    }

    private static string Detail(WriteOutcome outcome) => outcome.Failed == 0
        ? $"a part was not stored: {outcome.Partial.Name()}; everything else is. See /api/v1/dead-letters"
        : $"object {outcome.FirstFailed} was not stored: {outcome.FirstFault}; {outcome.Failed} of {outcome.Messages} failed, the others are stored. See /api/v1/dead-letters";
}
