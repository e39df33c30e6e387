namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>Client ids that the server gives to clients that sent none.</summary>
public static class AssignedClientId
{
    public const string Prefix = "fengsui-";

    private const int GuidLength = 32;

    /// <summary>Whether an id has the form of an assigned one: such clients come back under another id.</summary>
    public static bool IsAssigned(string clientId) =>
        clientId.Length == Prefix.Length + GuidLength && clientId.StartsWith(Prefix, StringComparison.Ordinal);
}
