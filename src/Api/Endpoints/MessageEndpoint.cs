using Fengsui.Devices.Engine;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Http;

namespace Fengsui.Api.Endpoints;

/// <summary>
/// <c>POST /api/v1/messages?topic=</c>: one message of a form that the configuration gives to a topic, for gateways that speak HTTP and no MQTT. Answered
/// once all is durable: 200 with an empty object, which is what such gateways take for success.
/// </summary>
internal static class MessageEndpoint
{
    public const string Path = "/api/v1/messages";

    public static async Task PostAsync(HttpContext context, DeviceEngine engine, HttpIntake intake)
    {
        var topic = context.Request.Query["topic"].ToString();
        if (topic.Length == 0)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "say which topic the message would be published to: ?topic=ruuvi/gate-1");
            return;
        }

        if (!intake.Takes(topic))
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, $"no form is configured for the topic '{topic}'; see config/sources");
            return;
        }

        var outcome = await WriteRequest.TakeAsync(
            context, engine, intake, writer => writer.WriteMessageAsync(topic), (answered, status, _, message) => Problem.WriteAsync(answered, status, message));
        if (outcome is null)
        {
            return;
        }

        if (outcome.Failed == 0 && outcome.Partial == RejectReason.None)
        {
            await Json.WriteAsync(context, StatusCodes.Status200OK, json =>
            {
                json.WriteStartObject();
                json.WriteEndObject();
            });
            return;
        }

        var detail = outcome.Failed > 0 ? $"the message was not stored: {outcome.FirstFault}" : $"a part was not stored: {outcome.Partial.Name()}; everything else is";
        await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, detail + ". See /api/v1/dead-letters");
    }
}
