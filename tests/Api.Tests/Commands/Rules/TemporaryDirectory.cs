namespace Fengsui.Api.Tests.Commands.Rules;

/// <summary>A folder of files, gone when the test ends.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("fengsui-rules-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
