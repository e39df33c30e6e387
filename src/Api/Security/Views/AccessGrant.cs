namespace Fengsui.Api.Security.Views;

/// <summary>Joint data, opened to one person by another one, for a time.</summary>
/// <param name="Zone">Where; empty for everywhere.</param>
internal sealed record AccessGrant(string Id, string Person, string Zone, string ApprovedBy, long UntilMs)
{
    public bool Covers(string zone) => Zone.Length == 0 || Zone == zone;
}
