namespace Fengsui.Api.Tests;

/// <summary>Finds files of the repository from the place where the tests were built.</summary>
internal static class Repository
{
    public static string File(string path)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !System.IO.File.Exists(Path.Combine(directory.FullName, "Fengsui.slnx")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory?.FullName ?? throw new InvalidOperationException("not within the repository"), path);
    }
}
