using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Fengsui.Devices.Sqlite;

/// <summary>
/// How every SQLite file of the server is opened: mode 0600, WAL, fsync at each commit, checked for damage, and set aside
/// instead of failing the start.
/// </summary>
internal static class SqliteFile
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <summary>
    /// Opens <paramref name="path"/>, applies the schema, and builds the owner from the connection. When the file is damaged
    /// it is renamed <c>.corrupt-N</c>, an empty one takes its place and <paramref name="setAside"/> says so; null otherwise.
    /// </summary>
    public static T Open<T>(string path, string schema, Func<SqliteConnection, T> build, out string? setAside)
    {
        setAside = null;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            return OpenChecked(path, schema, build);
        }
        catch (SqliteException exception) when (IsDamage(exception))
        {
            setAside = SetAside(path, exception.Message);
            return OpenChecked(path, schema, build);
        }
    }

    /// <summary>True for what the environment may do to a file and then stop doing: retried, never a bug.</summary>
    public static bool IsEnvironment(Exception exception) =>
        exception is SqliteException or IOException or UnauthorizedAccessException;

    public static bool IsDamage(SqliteException exception) => exception.SqliteErrorCode is Corrupt or NotADatabase;

    public static long Scalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static T OpenChecked<T>(string path, string schema, Func<SqliteConnection, T> build)
    {
        CreatePrivate(path);
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            Check(connection);
            connection.Execute(schema);
            return build(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Check(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        var answer = command.ExecuteScalar() as string;
        if (answer != "ok")
            throw new SqliteException(answer ?? "quick_check gave no answer", Corrupt);
    }

    /// <summary>SQLite gives its side files the mode of the main file, so that one is made first.</summary>
    private static void CreatePrivate(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
    }

    private static string SetAside(string path, string why)
    {
        var number = 1;
        while (File.Exists(Name(path, number)))
            number++;
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            if (File.Exists(path + suffix))
                File.Move(path + suffix, Name(path, number) + suffix);
        }

        return $"{Path.GetFileName(path)} could not be read ({why}); it was renamed {Path.GetFileName(Name(path, number))} and an empty one made";
    }

    private static string Name(string path, int number) => $"{path}.corrupt-{number.ToString(CultureInfo.InvariantCulture)}";
}
