namespace Fengsui.Api.Demo;

/// <summary>Writes the demo's configuration, which the program carries with it, into a directory.</summary>
internal static class DemoConfiguration
{
    private const string Prefix = "demo/";

    public static void WriteTo(string directory)
    {
        var assembly = typeof(DemoConfiguration).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var path = Path.Combine(directory, name[Prefix.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = File.Create(path);
            assembly.GetManifestResourceStream(name)!.CopyTo(file);
        }
    }
}
