using Fengsui.Rules;

namespace Fengsui.Devices.Records;

/// <summary>
/// A rule set that was accepted, whole: the journal can be replayed without the configuration directory. Layout:
/// u8 kind (5), i32 version, string author, i64 time in ms, i32 count, then per file its path and its text.
/// </summary>
public sealed record RuleSetRecord(int Version, string Author, long TimeMs, IReadOnlyList<RuleFile> Files)
{
    public byte[] Encode()
    {
        var writer = new RecordWriter();
        writer.Byte((byte)BatchKind.RuleSet);
        WriteBody(writer);
        return writer.Written.ToArray();
    }

    public static RuleSetRecord Decode(ReadOnlySpan<byte> batch)
    {
        var reader = new RecordReader(batch[1..]);
        return ReadBody(ref reader);
    }

    public void WriteBody(RecordWriter writer)
    {
        writer.Int32(Version);
        writer.String(Author);
        writer.Int64(TimeMs);
        writer.Int32(Files.Count);
        foreach (var file in Files)
        {
            writer.String(file.Path);
            writer.String(file.Text);
        }
    }

    public static RuleSetRecord ReadBody(ref RecordReader reader)
    {
        var version = reader.Int32();
        var author = reader.String();
        var timeMs = reader.Int64();
        var files = new RuleFile[reader.Count(2 * sizeof(int))];
        for (var i = 0; i < files.Length; i++)
        {
            files[i] = new RuleFile(reader.String(), reader.String());
        }

        return new RuleSetRecord(version, author, timeMs, files);
    }
}
