using Fengsui.Ingest.Ble.Configuration;

namespace Fengsui.Ingest.Tests.Ble;

public sealed class KeyFileTests : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fengsui-keys-");

    [Fact]
    public void Keys_are_read_line_by_line()
    {
        var keys = KeyFile.Read(_directory.FullName, Write($"""
            # the doors of store 2
            A4:C1:38:00:00:01  {Sender.GoldenKey}

            a4c138000002 {Sender.GoldenKey}  # back door
            """));

        Assert.Equal(["A4C138000001", "A4C138000002"], keys.Keys.Select(address => address.ToString()));
        Assert.Equal(Sender.GoldenKey, Convert.ToHexStringLower(keys.Values.First()));
    }

    [Fact]
    public void Every_wrong_line_is_told_and_no_key_is()
    {
        var fault = Assert.Throws<IOException>(() => KeyFile.Read(_directory.FullName, Write($"""
            A4C138000001 {Sender.GoldenKey}
            A4C138000001 {Sender.GoldenKey}
            A4C138000002 {Sender.GoldenKey}00
            {Sender.GoldenKey} A4C138000003
            A4C138000004
            """)));

        foreach (var line in new[] { "line 2", "line 3", "line 4", "line 5" })
        {
            Assert.Contains(line, fault.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("line 1", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Sender.GoldenKey[..8], fault.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_file_that_others_may_read_is_refused()
    {
        var name = Write($"A4C138000001 {Sender.GoldenKey}", Own | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", Assert.Throws<IOException>(() => KeyFile.Read(_directory.FullName, name)).Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => KeyFile.Read(_directory.FullName, "missing"));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private string Write(string text, UnixFileMode mode = Own)
    {
        var path = Path.Combine(_directory.FullName, "keys");
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        return "keys";
    }
}
