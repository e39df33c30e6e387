namespace Fengsui.Api.OpenApi;

/// <summary>The chapters of the API's description.</summary>
public static class Tags
{
    public const string Alerts = "Alerts";
    public const string Duties = "Duties";
    public const string Devices = "Devices";
    public const string Site = "Site";
    public const string Rules = "Rules";
    public const string DeadLetters = "Dead letters";
    public const string Delivery = "Delivery";
    public const string Access = "Access";
    public const string Audit = "Audit";
    public const string Ingest = "Ingest";
    public const string System = "System";

    public static IReadOnlyList<(string Name, string Description)> All { get; } =
    [
        (Access, "Joint data: asked for by one authority, approved by a person of the other one, for a limited time."),
        (Alerts, "Alerts, their story, and what people do with them."),
        (Audit, "The hash-chained record of everything that happened to alerts."),
        (DeadLetters, "Inputs that were refused: look, fix, try again, discard."),
        (Delivery, "Who is told of alerts, and how far behind they are."),
        (Devices, "Devices, their readings, and what comes in from where."),
        (Duties, "Who has to do what until when, and what is restricted."),
        (Ingest, "Readings over HTTP."),
        (Rules, "The rule set in force and its versions."),
        (Site, "Zones, permits, goods, persons, routes."),
        (System, "Health, metrics, status, and this description."),
    ];
}
