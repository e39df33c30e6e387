namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>A fact that needs Node.js, the packages of <c>tools/delivery</c> and Chromium; skipped by name where they are not installed.</summary>
public sealed class FactIfBrowserAttribute : FactAttribute
{
    public FactIfBrowserAttribute()
    {
        if (Programs.Find("node") is null || Programs.Find("chromium") is null || !Directory.Exists(Path.Combine(FactIfNodeAttribute.Tools, "node_modules", "playwright-core")))
        {
            Skip = "node, chromium or the packages of tools/delivery (npm ci) are not installed";
        }
    }
}
