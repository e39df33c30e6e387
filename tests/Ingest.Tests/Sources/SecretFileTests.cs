using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Tests.Sources;

public sealed class SecretFileTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fengsui-secret-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void The_first_line_is_the_secret()
    {
        Write("s3cret \nsecond line\n");
        Assert.Equal("s3cret"u8.ToArray(), SecretFile.Read(_directory.FullName, "secret"));
    }

    [Theory]
    [InlineData("", UnixFileMode.UserRead, "is empty")]
    [InlineData("\nx", UnixFileMode.UserRead, "is empty")]
    [InlineData("s3cret", UnixFileMode.UserRead | UnixFileMode.OtherRead, "is open to others")]
    [InlineData("s3cret", UnixFileMode.UserRead | UnixFileMode.GroupWrite, "is open to others")]
    public void What_is_no_secret_is_refused_without_being_told(string text, UnixFileMode mode, string why)
    {
        Write(text);
        Protect(mode);
        var fault = Assert.Throws<IOException>(() => SecretFile.Read(_directory.FullName, "secret"));
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("none is missing", Assert.Throws<IOException>(() => SecretFile.Read(_directory.FullName, "none")).Message, StringComparison.Ordinal);

    private void Write(string text)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "secret"), text);
        Protect(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private void Protect(UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(_directory.FullName, "secret"), mode);
        }
    }
}
