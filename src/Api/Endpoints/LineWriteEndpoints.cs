using Fengsui.Devices.Engine;
using Fengsui.Ingest.Http;

namespace Fengsui.Api.Endpoints;

/// <summary><c>POST /write</c> and <c>POST /api/v2/write</c>: line protocol, with the answers that clients of InfluxDB expect. Answered once all is durable.</summary>
internal static class LineWriteEndpoints
{
    public const string WritePath = "/write";
    public const string Write2Path = "/api/v2/write";

    /// <summary>Of the first generation: <c>?db=&amp;precision=</c>.</summary>
    public static async Task WriteAsync(HttpContext context, DeviceEngine engine, HttpIntake intake)
    {
        if (await TakeAsync(context, engine, intake, RefuseAsync) is not { } outcome)
        {
            return;
        }

        if (outcome.Failed == 0)
        {
            NoContent(context);
            return;
        }

        var cause = $"unable to {Verb(outcome)} '{outcome.FirstText}': {outcome.FirstFault}";
        await RefuseAsync(context, StatusCodes.Status400BadRequest, "invalid", outcome.Failed == outcome.Messages ? cause : $"partial write: {cause} dropped={outcome.Failed}");
    }

    /// <summary>Of the second generation: <c>?org=&amp;bucket=&amp;precision=</c>.</summary>
    public static async Task Write2Async(HttpContext context, DeviceEngine engine, HttpIntake intake)
    {
        if (await TakeAsync(context, engine, intake, Refuse2Async) is not { } outcome)
        {
            return;
        }

        if (outcome.Failed == 0)
        {
            NoContent(context);
            return;
        }

        var message = $"unable to {Verb(outcome)} '{outcome.FirstText}': {outcome.FirstFault}; {outcome.Failed} of {outcome.Messages} lines dropped, the others are stored";
        await Refuse2Async(context, StatusCodes.Status400BadRequest, "invalid", message, outcome.FirstFailed);
    }

    /// <summary><c>{"error":…}</c>, and the same in a header.</summary>
    public static Task RefuseAsync(HttpContext context, int status, string code, string message)
    {
        Versioned(context);
        context.Response.Headers["X-Influxdb-Error"] = new string([.. message.Select(character => char.IsAscii(character) && !char.IsControl(character) ? character : '?')]);
        return Json.WriteAsync(context, status, json =>
        {
            json.WriteStartObject();
            json.WriteString("error", message);
            json.WriteEndObject();
        });
    }

    /// <summary><c>{"code":…,"message":…}</c>.</summary>
    public static Task Refuse2Async(HttpContext context, int status, string code, string message) => Refuse2Async(context, status, code, message, 0);

    /// <summary>Clients look for these before they trust an answer.</summary>
    public static void Versioned(HttpContext context)
    {
        context.Response.Headers["X-Influxdb-Version"] = "fengsui-" + ProgramVersion.Text;
        context.Response.Headers["X-Influxdb-Build"] = "OSS";
    }

    private static Task Refuse2Async(HttpContext context, int status, string code, string message, int line)
    {
        Versioned(context);
        return Json.WriteAsync(context, status, json =>
        {
            json.WriteStartObject();
            json.WriteString("code", code);
            json.WriteString("message", message);
            if (line > 0)
            {
                json.WriteNumber("line", line);
            }

            json.WriteEndObject();
        });
    }

    private static async Task<WriteOutcome?> TakeAsync(HttpContext context, DeviceEngine engine, HttpIntake intake, WriteRequest.Refusal refuse)
    {
        var precision = context.Request.Query["precision"] is [{ Length: > 0 } named, ..] ? named : null;
        if (!HttpWriter.IsPrecision(precision))
        {
            await refuse(context, StatusCodes.Status400BadRequest, "invalid", $"invalid precision '{precision}': use ns, us, ms, s, m or h");
            return null;
        }

        return await WriteRequest.TakeAsync(context, engine, intake, writer => writer.WriteLinesAsync(precision), refuse);
    }

    private static string Verb(WriteOutcome outcome) => outcome.FirstIsMalformed ? "parse" : "store";

    private static void NoContent(HttpContext context)
    {
        Versioned(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
