using Fengsui.Api.Security;

namespace Fengsui.Api.OpenApi.Operations;

/// <summary>Devices, readings, and where they come from.</summary>
internal static class DeviceOperations
{
    public static readonly Operation List = new("listDevices", Tags.Devices, "List devices", Permission.ReadTelemetry)
    {
        Description = "In the order in which they were declared or provisioned.",
        Parameters =
        [
            Parameter.Limit, Parameter.Cursor, Parameter.Text("zone", "Only those in this zone."), Parameter.Text("type", "Only those of this type."),
            Parameter.Text("prefix", "Only those whose id begins so."),
        ],
        Answers = [Answer.PageOf("Device")],
        Problems = [400],
    };

    public static readonly Operation Show = new("getDevice", Tags.Devices, "Show one device", Permission.ReadTelemetry)
    {
        Description = "With its latest values, watermark, skew, counts and active alerts.",
        Answers = [Answer.Ok("DeviceDetail", "The device.")],
        Problems = [404],
    };

    public static readonly Operation Readings = new("listReadings", Tags.Devices, "Readings of one metric", Permission.ReadTelemetry)
    {
        Description = "Readings in [from, to), the last hour without times; with `step`, one aggregate for each step. What was acknowledged before the question is in the answer.",
        Parameters =
        [
            new("metric", "The metric.", """{"type":"string"}""", IsRequired: true), Parameter.Time("from", "Inclusive."), Parameter.Time("to", "Exclusive."),
            Parameter.Text("step", "A duration such as 1m."), new("limit", "Items in one answer.", """{"type":"integer","minimum":1,"maximum":100000,"default":10000}"""),
        ],
        Answers = [Answer.Ok("Readings", "The readings, or the steps."), Answer.Text("text/csv", "The same, when `Accept` prefers it.")],
        Problems = [400, 404],
    };

    public static readonly Operation ManyReadings = new("streamReadings", Tags.Devices, "Readings of many devices", Permission.ReadTelemetry)
    {
        Description = "Readings in [from, to), the last hour without times, series after series and streamed; with `step`, one aggregate for each step.",
        Parameters =
        [
            Parameter.Text("device", "The id of a device; as often as you like."), Parameter.Text("zone", "Only devices in this zone."),
            Parameter.Text("type", "Only devices of this type."), Parameter.Text("metric", "Only this metric; as often as you like. All without."),
            Parameter.Time("from", "Inclusive."), Parameter.Time("to", "Exclusive."), Parameter.Text("step", "A duration such as 1m."),
            Parameter.Choice("quality", "The worst quality that is shown.", ["good", "uncertain", "bad"]),
            Parameter.Flag("provenance", "Source, gateway, receive time and journal position too."),
            Parameter.Choice("format", "In place of `Accept`.", ["json", "csv", "line"]),
        ],
        Answers =
        [
            Answer.Text(Answer.Json, "The series."), Answer.Text("text/csv", "The same, when `Accept` prefers it."),
            Answer.Text("text/plain", "The same as line protocol, in milliseconds."),
        ],
        Problems = [400],
    };

    public static readonly Operation Sources = new("listSources", Tags.Devices, "List sources", Permission.ReadTelemetry)
    {
        Description = "What comes in beside MQTT, one item a source: the sum over its connections since the server started.",
        Parameters = [Parameter.Limit, Parameter.Cursor],
        Answers = [Answer.PageOf("Source")],
        Problems = [400],
    };

    public static readonly Operation Connections = new("listSourceConnections", Tags.Devices, "List connections of sources", Permission.ReadTelemetry)
    {
        Description = "Every open connection, listeners included, in the order in which they were opened.",
        Parameters = [Parameter.Limit, Parameter.Cursor],
        Answers = [Answer.PageOf("SourceConnection")],
        Problems = [400],
    };

    public static readonly Operation HistoryTargets = new("listHistoryTargets", Tags.Devices, "List history targets", Permission.ReadTelemetry)
    {
        Description = "The servers that readings are written to beside the embedded history, and how far each is.",
        Parameters = [Parameter.Limit, Parameter.Cursor],
        Answers = [Answer.PageOf("HistoryTarget")],
        Problems = [400],
    };

    public static readonly Operation Ledger = new("getLedger", Tags.Devices, "Show the ledger", Permission.ReadTelemetry)
    {
        Description = "received = applied + duplicate + dead-lettered + refused, in all and by source, at one position of the journal.",
        Answers = [Answer.Ok("Ledger", "The ledger.")],
    };
}
