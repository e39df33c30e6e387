namespace Fengsui.Scenarios.Model;

/// <summary>What people tell the server.</summary>
public enum SiteAction
{
    Permit,
    Revoke,
    GasTest,
    Unlock,
    Enter,
    Leave,
}
