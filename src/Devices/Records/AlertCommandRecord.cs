using Fengsui.Rules.Alerts;

namespace Fengsui.Devices.Records;

/// <summary>
/// What a person wants done with an alert. Layout: u8 kind (7), u8 version (1), i64 time in ms, string author, i32 n, n capacities, string command id, string alert,
/// i32 expected version, u8 <see cref="AlertAction"/>, string note, i32 n, n evidence references, string assignee, i64 duration in ms, u8 1 when final.
/// </summary>
/// <param name="TimeMs">Journal time, ms since 1970 UTC.</param>
/// <param name="Author">Who wants it: the name of the API key or of the person.</param>
/// <param name="Capacities">In which capacities the author may act, see <see cref="Rules.Alerts.Capacities"/>.</param>
public sealed record AlertCommandRecord(long TimeMs, string Author, IReadOnlyList<string> Capacities, AlertCommand Command)
{
    public const byte FormatVersion = 1;

    public byte[] Encode()
    {
        var writer = new RecordWriter();
        writer.Byte((byte)BatchKind.AlertCommand);
        writer.Byte(FormatVersion);
        writer.Int64(TimeMs);
        writer.String(Author);
        Write(writer, Capacities);
        writer.String(Command.Id);
        writer.String(Command.AlertId);
        writer.Int32(Command.ExpectedVersion);
        writer.Byte((byte)Command.Action);
        writer.String(Command.Note);
        Write(writer, Command.Evidence);
        writer.String(Command.Assignee);
        writer.Int64(Command.DurationMs);
        writer.Byte(Command.IsFinal ? (byte)1 : (byte)0);
        return writer.Written.ToArray();
    }

    /// <exception cref="InvalidDataException">The record is cut short, of another version, or wants what is not known.</exception>
    public static AlertCommandRecord Decode(ReadOnlySpan<byte> batch)
    {
        var reader = new RecordReader(batch[1..]);
        var version = reader.Byte();
        if (version != FormatVersion)
        {
            throw new InvalidDataException($"an alert command of version {version}");
        }

        return new AlertCommandRecord(reader.Int64(), reader.String(), Texts(ref reader), new AlertCommand
        {
            Id = reader.String(),
            AlertId = reader.String(),
            ExpectedVersion = reader.Int32(),
            Action = Action(reader.Byte()),
            Note = reader.String(),
            Evidence = Texts(ref reader),
            Assignee = reader.String(),
            DurationMs = reader.Int64(),
            IsFinal = reader.Byte() == 1,
        });
    }

    private static AlertAction Action(byte action) =>
        Enum.IsDefined((AlertAction)action) ? (AlertAction)action : throw new InvalidDataException($"an alert action {action}");

    private static void Write(RecordWriter writer, IReadOnlyList<string> texts)
    {
        writer.Int32(texts.Count);
        foreach (var text in texts)
        {
            writer.String(text);
        }
    }

    private static string[] Texts(ref RecordReader reader)
    {
        var texts = new string[reader.Count(sizeof(int))];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.String();
        }

        return texts;
    }
}
