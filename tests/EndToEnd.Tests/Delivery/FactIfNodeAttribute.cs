namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>A fact that needs Node.js and the packages of <c>tools/delivery</c>; skipped by name where they are not installed.</summary>
public sealed class FactIfNodeAttribute : FactAttribute
{
    public FactIfNodeAttribute()
    {
        if (Programs.Find("node") is null || !Directory.Exists(Path.Combine(Tools, "node_modules", "cloudevents")))
        {
            Skip = "node or the packages of tools/delivery (npm ci) are not installed";
        }
    }

    public static string Tools { get; } = FindTools(AppContext.BaseDirectory);

    private static string FindTools(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Fengsui.slnx")))
            {
                return Path.Combine(folder.FullName, "tools", "delivery");
            }
        }

        return Path.Combine(from, "tools", "delivery");
    }
}
