using Fengsui.EndToEnd.Tests.Delivery;

namespace Fengsui.EndToEnd.Tests.OpenApi;

/// <summary>A fact that needs Node.js and the packages of <c>tools/openapi</c>; skipped by name where they are not installed.</summary>
public sealed class FactIfSpectralAttribute : FactAttribute
{
    public FactIfSpectralAttribute()
    {
        if (Programs.Find("node") is null || !File.Exists(Program))
        {
            Skip = "node or the packages of tools/openapi (npm ci) are not installed";
        }
    }

    public static string Tools { get; } = Path.Combine(FactIfNodeAttribute.Tools, "..", "openapi");

    public static string Program { get; } = Path.Combine(Tools, "node_modules", "@stoplight", "spectral-cli", "dist", "index.js");
}
