using System.Text.Json;

namespace Fengsui.Api.Security.Idempotency;

/// <summary>
/// The answers to keyed commands as lines of JSON, so that a restart gives the same ones. A line is written before its answer leaves and not synced: after a
/// power cut the last few may be gone, and a repeat is recognised by what it brought into the journal. Not thread-safe.
/// </summary>
internal sealed class AnswerFile(string path)
{
    public const string Name = "idempotency.jsonl";

    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Bytes that were appended since the file was last written whole.</summary>
    public long Appended { get; private set; }

    /// <summary>In the order in which they were given. A line that is not whole, as a crash leaves it, is passed over.</summary>
    public IReadOnlyList<KeptAnswer> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var kept = new List<KeptAnswer>();
        foreach (var line in File.ReadLines(path))
        {
            try
            {
                if (JsonSerializer.Deserialize<KeptAnswer>(line, Form) is { Key: not null, Fingerprint: not null, Answer.Body: not null } whole)
                    kept.Add(whole);
            }
            catch (JsonException)
            {
                // Cut short.
            }
        }

        return kept;
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    public void Append(KeptAnswer kept)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);

        var before = file.Length;

        // A line of its own even where a crash cut the one before.
        file.Write("\n"u8);
        JsonSerializer.Serialize(file, kept, Form);
        Appended += file.Length - before;
    }

    /// <summary>Replaces the file by these.</summary>
    /// <exception cref="IOException">It cannot be written; the file before it stays.</exception>
    public void Rewrite(IEnumerable<KeptAnswer> all)
    {
        var fresh = path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            foreach (var kept in all)
            {
                JsonSerializer.Serialize(file, kept, Form);
                file.Write("\n"u8);
            }
        }

        File.Move(fresh, path, overwrite: true);
        Appended = 0;
    }
}
