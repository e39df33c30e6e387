using Fengsui.Devices.Sqlite;
using Microsoft.Data.Sqlite;

namespace Fengsui.Devices.History.Embedded.Groups;

/// <summary>
/// The SQLite index: which group files exist and up to which position the history is committed. Every change is one
/// transaction. Safe for concurrent use.
/// </summary>
internal sealed class GroupIndex : IDisposable
{
    public const string FileName = "index.db";

    /// <summary>Bound on flushes whose late duplicates are kept apart; a ledger's snapshot is never that old.</summary>
    public const int MaxLateDuplicateRows = 100_000;

    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS groups(
            file TEXT PRIMARY KEY,
            level INTEGER NOT NULL,
            start_position INTEGER NOT NULL,
            end_position INTEGER NOT NULL,
            min_time_ms INTEGER NOT NULL,
            max_time_ms INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            rows INTEGER NOT NULL,
            readings INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS tier_groups(
            file TEXT PRIMARY KEY,
            step_ms INTEGER NOT NULL,
            level INTEGER NOT NULL,
            start_position INTEGER NOT NULL,
            end_position INTEGER NOT NULL,
            min_time_ms INTEGER NOT NULL,
            max_time_ms INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            rows INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS late_duplicates(
            position INTEGER NOT NULL,
            source INTEGER NOT NULL,
            readings INTEGER NOT NULL,
            PRIMARY KEY(position, source)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS state(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        PRAGMA user_version = 1;
        """;

    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();

    private GroupIndex(SqliteConnection connection) => _connection = connection;

    /// <summary>−1 before the first flush.</summary>
    public long CommittedPosition
    {
        get
        {
            lock (_gate)
                return _connection.Scalar("SELECT COALESCE((SELECT value FROM state WHERE name = 'committed'), -1)");
        }
    }

    public static GroupIndex Open(string directory, out string? setAside) =>
        SqliteFile.Open(Path.Combine(directory, FileName), Schema, connection => new GroupIndex(connection), out setAside);

    /// <summary>A flush: the group (null when the mark brought no row), its late duplicates, and the position.</summary>
    public void Commit(GroupInfo? group, long position, IReadOnlyList<LateDuplicateCount> lateDuplicates)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            if (group is not null)
                Insert(transaction, group);
            foreach (var late in lateDuplicates)
                Run(transaction, "INSERT OR REPLACE INTO late_duplicates VALUES($a, $b, $c)", late.Position, late.Source, late.Readings);
            if (lateDuplicates.Count > 0)
                Run(transaction, "DELETE FROM late_duplicates WHERE position < (SELECT position FROM late_duplicates ORDER BY position DESC LIMIT 1 OFFSET $a)", MaxLateDuplicateRows);
            Run(transaction, "INSERT INTO state VALUES('committed', $a) ON CONFLICT(name) DO UPDATE SET value = MAX(value, $a)", position);
            transaction.Commit();
        }
    }

    /// <summary>Takes groups out, puts at most one in, and notes how things stand afterwards, at once.</summary>
    public void Replace(IReadOnlyList<GroupInfo> removed, GroupInfo? added, params ReadOnlySpan<(string Name, long Value)> states)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            foreach (var group in removed)
                Run(transaction, group.StepMs == 0 ? "DELETE FROM groups WHERE file = $a" : "DELETE FROM tier_groups WHERE file = $a", group.File);
            if (added is not null)
                Insert(transaction, added);
            foreach (var (name, value) in states)
                Run(transaction, "INSERT OR REPLACE INTO state VALUES($a, $b)", name, value);
            transaction.Commit();
        }
    }

    /// <summary>What was noted under a name; null when nothing was.</summary>
    public long? State(string name)
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT value FROM state WHERE name = $name";
            command.Parameters.AddWithValue("$name", name);
            return command.ExecuteScalar() as long?;
        }
    }

    public List<GroupInfo> ReadGroups() =>
        ReadGroups("SELECT file, level, start_position, end_position, min_time_ms, max_time_ms, bytes, rows, readings, 0 FROM groups ORDER BY end_position");

    public List<GroupInfo> ReadTierGroups() =>
        ReadGroups("SELECT file, level, start_position, end_position, min_time_ms, max_time_ms, bytes, rows, rows, step_ms FROM tier_groups ORDER BY end_position");

    private List<GroupInfo> ReadGroups(string sql)
    {
        lock (_gate)
        {
            var groups = new List<GroupInfo>();
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                groups.Add(new GroupInfo(
                    reader.GetString(0),
                    reader.GetInt32(1),
                    reader.GetInt64(2),
                    reader.GetInt64(3),
                    reader.GetInt64(4),
                    reader.GetInt64(5),
                    reader.GetInt64(6),
                    reader.GetInt64(7),
                    reader.GetInt64(8))
                { StepMs = reader.GetInt64(9) });
            }

            return groups;
        }
    }

    public List<LateDuplicateCount> LateDuplicatesAfter(long position)
    {
        lock (_gate)
        {
            var counts = new List<LateDuplicateCount>();
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT position, source, readings FROM late_duplicates WHERE position > $position ORDER BY position, source";
            command.Parameters.AddWithValue("$position", position);
            using var reader = command.ExecuteReader();
            while (reader.Read())
                counts.Add(new LateDuplicateCount(reader.GetInt64(0), reader.GetInt32(1), reader.GetInt64(2)));
            return counts;
        }
    }

    public void Dispose() => _connection.Dispose();

    private void Insert(SqliteTransaction transaction, GroupInfo group) => Run(
        transaction,
        group.StepMs == 0
            ? "INSERT OR REPLACE INTO groups VALUES($a, $b, $c, $d, $e, $f, $g, $h, $i)"
            : "INSERT OR REPLACE INTO tier_groups VALUES($a, $j, $b, $c, $d, $e, $f, $g, $h)",
        group.File,
        group.Level,
        group.StartPosition,
        group.EndPosition,
        group.MinTimeMs,
        group.MaxTimeMs,
        group.Bytes,
        group.Rows,
        group.Readings,
        group.StepMs);

    private void Run(SqliteTransaction transaction, string sql, params ReadOnlySpan<object> values)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue("$" + (char)('a' + i), values[i]);
        command.ExecuteNonQuery();
    }
}
