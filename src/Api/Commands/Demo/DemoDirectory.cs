using System.Reflection;

namespace Fengsui.Api.Commands.Demo;

/// <summary>A configuration of the demo's own in the temporary folder, and its data unless the operator keeps them elsewhere.</summary>
internal sealed class DemoDirectory : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("fengsui-demo-").FullName;

    public DemoDirectory()
    {
        Write("devices", "devices.yaml");
        Write("rules", "rules.yaml");
    }

    public string Config => Path.Combine(_root, "config");

    public string Data => Path.Combine(_root, "data");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Write(string folder, string name)
    {
        Directory.CreateDirectory(Path.Combine(Config, folder));
        using var source = Assembly.GetExecutingAssembly().GetManifestResourceStream("demo/" + name)
            ?? throw new InvalidOperationException($"the resource demo/{name} is missing from this build");
        using var target = File.Create(Path.Combine(Config, folder, "demo.yaml"));
        source.CopyTo(target);
    }
}
