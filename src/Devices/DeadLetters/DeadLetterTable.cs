using Fengsui.Devices.Sqlite;
using Microsoft.Data.Sqlite;

namespace Fengsui.Devices.DeadLetters;

/// <summary>The SQLite side: one transaction a batch, bounds enforced inside it. Safe for concurrent use.</summary>
internal sealed class DeadLetterTable : IDisposable
{
    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS letters(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            position INTEGER NOT NULL,
            position_index INTEGER NOT NULL,
            time_ms INTEGER NOT NULL,
            protocol TEXT NOT NULL,
            source TEXT NOT NULL,
            topic TEXT NOT NULL,
            reason TEXT NOT NULL,
            original_length INTEGER NOT NULL,
            payload BLOB NOT NULL,
            UNIQUE(position, position_index));
        CREATE TABLE IF NOT EXISTS decisions(
            letter INTEGER PRIMARY KEY,
            state TEXT NOT NULL,
            time_ms INTEGER NOT NULL,
            actor TEXT NOT NULL,
            note TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS state(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """;

    private const string Columns =
        "id, position, position_index, letters.time_ms, protocol, source, topic, reason, original_length, payload, decisions.state, decisions.time_ms, actor, note";

    private const string Joined = "letters LEFT JOIN decisions ON decisions.letter = letters.id";

    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();
    private readonly int _maxCount;
    private readonly long _maxBytes;
    private long _count;
    private long _bytes;
    private long _dropped;
    private long _committed;

    private DeadLetterTable(SqliteConnection connection, int maxCount, long maxBytes)
    {
        _connection = connection;
        _maxCount = maxCount;
        _maxBytes = maxBytes;
        _count = connection.Scalar("SELECT COUNT(*) FROM letters");
        _bytes = connection.Scalar("SELECT COALESCE(SUM(LENGTH(payload)), 0) FROM letters");
        _dropped = connection.Scalar("SELECT COALESCE((SELECT value FROM state WHERE name = 'dropped'), 0)");
        _committed = connection.Scalar("SELECT COALESCE((SELECT value FROM state WHERE name = 'committed'), -1)");
    }

    public long Count => Volatile.Read(ref _count);

    public long PayloadBytes => Volatile.Read(ref _bytes);

    public long Dropped => Volatile.Read(ref _dropped);

    public long CommittedPosition => Volatile.Read(ref _committed);

    public static DeadLetterTable Open(string path, int maxCount, long maxBytes, out string? setAside) =>
        SqliteFile.Open(path, Schema, connection => new DeadLetterTable(connection, maxCount, maxBytes), out setAside);

    /// <summary>Stores what is new and the position; answers how many letters were new.</summary>
    public int Write(IReadOnlyList<DeadLetter> letters, long position)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            var (count, bytes, dropped) = (_count, _bytes, _dropped);
            var added = Insert(transaction, letters, ref bytes);
            count += added;
            DropOldest(transaction, ref count, ref bytes, ref dropped);
            var committed = Math.Max(_committed, position);
            Set(transaction, "dropped", dropped);
            Set(transaction, "committed", committed);
            transaction.Commit();
            (_count, _bytes, _dropped) = (count, bytes, dropped);
            Volatile.Write(ref _committed, committed);
            return added;
        }
    }

    public IReadOnlyList<StoredDeadLetter> List(DeadLetterFilter filter)
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = $"SELECT {Columns} FROM {Joined} WHERE {Where(command, filter)} ORDER BY id DESC LIMIT $limit";
            command.Parameters.AddWithValue("$limit", Math.Clamp(filter.Limit, 1, DeadLetterFilter.MaxLimit));
            return Read(command);
        }
    }

    public StoredDeadLetter? Get(long id)
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = $"SELECT {Columns} FROM {Joined} WHERE id = $id";
            command.Parameters.AddWithValue("$id", id);
            return Read(command).FirstOrDefault();
        }
    }

    /// <summary>False when there is no such letter, or it was decided before.</summary>
    public bool TryDecide(long id, DeadLetterDecision decision)
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText =
                "INSERT INTO decisions SELECT id, $state, $time, $actor, $note FROM letters WHERE id = $id ON CONFLICT(letter) DO NOTHING";
            command.Parameters.AddWithValue("$id", id);
            command.Parameters.AddWithValue("$state", decision.State);
            command.Parameters.AddWithValue("$time", decision.TimeMs);
            command.Parameters.AddWithValue("$actor", decision.Actor);
            command.Parameters.AddWithValue("$note", decision.Note);
            return command.ExecuteNonQuery() > 0;
        }
    }

    public void Dispose() => _connection.Dispose();

    private int Insert(SqliteTransaction transaction, IReadOnlyList<DeadLetter> letters, ref long bytes)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            """
            INSERT INTO letters(position, position_index, time_ms, protocol, source, topic, reason, original_length, payload)
            VALUES($position, $index, $time, $protocol, $source, $topic, $reason, $length, $payload)
            ON CONFLICT(position, position_index) DO NOTHING
            """;
        var added = 0;
        foreach (var letter in letters)
        {
            Bind(command, letter);
            if (command.ExecuteNonQuery() == 0)
                continue;
            added++;
            bytes += letter.Payload.Length;
        }

        return added;
    }

    private static void Bind(SqliteCommand command, DeadLetter letter)
    {
        command.Parameters.Clear();
        command.Parameters.AddWithValue("$position", letter.JournalPosition);
        command.Parameters.AddWithValue("$index", letter.IndexInBatch);
        command.Parameters.AddWithValue("$time", letter.TimeMs);
        command.Parameters.AddWithValue("$protocol", letter.Protocol);
        command.Parameters.AddWithValue("$source", letter.Source);
        command.Parameters.AddWithValue("$topic", letter.Topic);
        command.Parameters.AddWithValue("$reason", letter.Reason);
        command.Parameters.AddWithValue("$length", letter.OriginalLength);
        command.Parameters.AddWithValue("$payload", letter.Payload);
    }

    private void DropOldest(SqliteTransaction transaction, ref long count, ref long bytes, ref long dropped)
    {
        while (count > _maxCount || bytes > _maxBytes)
        {
            using var command = _connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText =
                "DELETE FROM decisions WHERE letter = (SELECT MIN(id) FROM letters); DELETE FROM letters WHERE id = (SELECT MIN(id) FROM letters) RETURNING LENGTH(payload)";
            bytes -= (long)command.ExecuteScalar()!;
            count--;
            dropped++;
        }
    }

    private void Set(SqliteTransaction transaction, string name, long value)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO state VALUES($name, $value) ON CONFLICT(name) DO UPDATE SET value = $value";
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$value", value);
        command.ExecuteNonQuery();
    }

    private static string Where(SqliteCommand command, DeadLetterFilter filter)
    {
        var terms = new List<string> { "1 = 1" };
        Add("reason = $reason", "$reason", filter.Reason);
        Add("source = $source", "$source", filter.Source);
        Add("COALESCE(decisions.state, 'open') = $state", "$state", filter.State);
        Add("substr(topic, 1, length($topic)) = $topic", "$topic", filter.TopicPrefix);
        Add("letters.time_ms >= $from", "$from", filter.FromMs);
        Add("letters.time_ms < $to", "$to", filter.ToMs);
        Add("id < $before", "$before", filter.BeforeId);
        return string.Join(" AND ", terms);

        void Add(string term, string name, object? value)
        {
            if (value is null)
                return;
            terms.Add(term);
            command.Parameters.AddWithValue(name, value);
        }
    }

    private static List<StoredDeadLetter> Read(SqliteCommand command)
    {
        var found = new List<StoredDeadLetter>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var letter = new DeadLetter(
                reader.GetInt64(1),
                reader.GetInt32(2),
                reader.GetInt64(3),
                reader.GetString(4),
                reader.GetString(5),
                reader.GetString(6),
                reader.GetString(7),
                reader.GetFieldValue<byte[]>(9),
                reader.GetInt32(8));
            var decision = reader.IsDBNull(10) ? null : new DeadLetterDecision(reader.GetString(10), reader.GetInt64(11), reader.GetString(12), reader.GetString(13));
            found.Add(new StoredDeadLetter(reader.GetInt64(0), letter, decision));
        }

        return found;
    }
}
