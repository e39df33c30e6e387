using Fengsui.Devices.RuleSets;
using Fengsui.Rules;

namespace Fengsui.Devices.Records;

/// <summary>
/// A rule set that was accepted, whole: the journal can be replayed without the configuration directory. Layout:
/// u8 kind (5), i32 −2, i32 version, string author, i64 time in ms, strings origin, comment and configuration fingerprint,
/// i32 count, then per file its path and its text. One that came of a request with a key has −3 in place of −2, and after the fingerprint the strings
/// command id and request digest. The first form had the version where −2 stands, and neither of the three strings.
/// </summary>
public sealed record RuleSetRecord(int Version, string Author, long TimeMs, IReadOnlyList<RuleFile> Files)
{
    /// <summary>Stands where the first form has a version, which is above 0.</summary>
    private const int SecondForm = -2;

    /// <summary>As the second, with the request.</summary>
    private const int ThirdForm = -3;

    /// <summary>What brought it about, see <see cref="RuleSetOrigins"/>.</summary>
    public string Origin { get; init; } = RuleSetOrigins.Api;

    /// <summary>Why, in the author's words; may be empty.</summary>
    public string Comment { get; init; } = "";

    /// <summary>
    /// <see cref="RuleSet.Fingerprint"/> of the configuration directory when it was last taken over, by this record or one
    /// before it: only what has changed there since then is taken over again. Empty when it never was.
    /// </summary>
    public string ConfigFingerprint { get; init; } = "";

    /// <summary>The request that it came of; <see cref="RuleSetCommand.None"/> when that had no key.</summary>
    public RuleSetCommand Command { get; init; } = RuleSetCommand.None;

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
        var hasCommand = Command.Id.Length > 0;
        writer.Int32(hasCommand ? ThirdForm : SecondForm);
        writer.Int32(Version);
        writer.String(Author);
        writer.Int64(TimeMs);
        writer.String(Origin);
        writer.String(Comment);
        writer.String(ConfigFingerprint);
        if (hasCommand)
        {
            writer.String(Command.Id);
            writer.String(Command.Digest);
        }

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
        if (version is not (SecondForm or ThirdForm))
        {
            return ReadFirstForm(version, ref reader);
        }

        var hasCommand = version == ThirdForm;

        version = reader.Int32();
        var author = reader.String();
        var timeMs = reader.Int64();
        var origin = reader.String();
        var comment = reader.String();
        var config = reader.String();
        var command = hasCommand ? new RuleSetCommand(reader.String(), reader.String()) : RuleSetCommand.None;
        return new RuleSetRecord(version, author, timeMs, ReadFiles(ref reader)) { Origin = origin, Comment = comment, ConfigFingerprint = config, Command = command };
    }

    /// <summary>Then only the configuration directory could change the rules, in the name of <c>config</c>.</summary>
    private static RuleSetRecord ReadFirstForm(int version, ref RecordReader reader)
    {
        var author = reader.String();
        var timeMs = reader.Int64();
        var files = ReadFiles(ref reader);
        var isFromConfig = author == RuleSetOrigins.Config;
        return new RuleSetRecord(version, author, timeMs, files)
        {
            Origin = isFromConfig ? RuleSetOrigins.Config : RuleSetOrigins.Api,
            ConfigFingerprint = isFromConfig ? RuleSet.Parse(files).RuleSet?.Fingerprint ?? "" : "",
        };
    }

    private static RuleFile[] ReadFiles(ref RecordReader reader)
    {
        var files = new RuleFile[reader.Count(2 * sizeof(int))];
        for (var i = 0; i < files.Length; i++)
        {
            files[i] = new RuleFile(reader.String(), reader.String());
        }

        return files;
    }
}
