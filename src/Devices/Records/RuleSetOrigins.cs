namespace Fengsui.Devices.Records;

/// <summary>What may bring about a new version of the rules. In the journal and the API: never rename.</summary>
public static class RuleSetOrigins
{
    /// <summary>The configuration directory had changed.</summary>
    public const string Config = "config";

    /// <summary>Files were sent to the API.</summary>
    public const string Api = "api";

    /// <summary>Rules were put into shadow.</summary>
    public const string Shadow = "shadow";

    /// <summary>Rules were taken out of shadow.</summary>
    public const string Promote = "promote";

    /// <summary>The files of an earlier version again.</summary>
    public const string Rollback = "rollback";
}
