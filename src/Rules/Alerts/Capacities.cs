namespace Fengsui.Rules.Alerts;

/// <summary>In which capacity somebody acts. The names of roles are capacities too; these have a meaning here.</summary>
public static class Capacities
{
    public const string Safety = "safety";
    public const string Customs = "customs";

    /// <summary>Whose doing it was when it was nobody's.</summary>
    public const string System = "system";
}
