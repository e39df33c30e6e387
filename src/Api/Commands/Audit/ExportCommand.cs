using System.CommandLine;
using System.Globalization;
using System.Text;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Hosting;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Audit;

namespace Fengsui.Api.Commands.Audit;

/// <summary><c>fengsui audit export</c>: a range of records, as they stand in the log or as CSV.</summary>
internal static class ExportCommand
{
    private const string Csv = "csv";

    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var data = AuditCommand.DataOption();
        var first = new Option<long>("--first") { Description = "First sequence number", DefaultValueFactory = _ => 1 };
        var last = new Option<long>("--last") { Description = "Last sequence number", DefaultValueFactory = _ => long.MaxValue };
        var from = new Option<string>("--from") { Description = "Only records of this time or later", HelpName = "TIME", DefaultValueFactory = _ => "" };
        var to = new Option<string>("--to") { Description = "Only records before this time", HelpName = "TIME", DefaultValueFactory = _ => "" };
        var kind = new Option<string>("--kind") { Description = $"Only records of this kind: {string.Join(", ", AuditKindNames.All)}", DefaultValueFactory = _ => "" };
        var format = new Option<string>("--format") { Description = "jsonl: the lines of the log, which verify by hand; csv: for a spreadsheet", DefaultValueFactory = _ => "jsonl" };
        format.AcceptOnlyFromAmong("jsonl", Csv);
        var command = new ExampledCommand(
            "export", "Write a range of the audit log.", "fengsui audit export --from 2026-11-01T00:00:00Z --format csv > november.csv") { data, first, last, from, to, kind, format };
        command.SetAction(result =>
        {
            string Value(string name) => name switch
            {
                "from" => result.GetValue(from)!,
                "to" => result.GetValue(to)!,
                "kind" => result.GetValue(kind)!,
                _ => "",
            };
            if (!AuditFilter.TryRead(Value, out var filter, out var mistake))
            {
                throw new OperatorMistakeException("--" + mistake);
            }

            var records = AuditFiles.Read(AuditCommand.FolderOf(result.GetRequiredValue(data)), result.GetValue(first))
                .TakeWhile(entry => entry.Sequence <= result.GetValue(last))
                .Where(filter.Takes);
            _ = result.GetValue(format) == Csv ? WriteCsv(records, terminal.Output) : WriteLines(records, terminal.Output);
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>How many there were.</summary>
    public static long WriteLines(IEnumerable<AuditEntry> records, TextWriter output)
    {
        long count = 0;
        foreach (var entry in records)
        {
            output.Write(Encoding.UTF8.GetString(entry.Line.Span) + "\n");
            count++;
        }

        return count;
    }

    private static long WriteCsv(IEnumerable<AuditEntry> records, TextWriter output)
    {
        long count = 0;
        output.Write("seq,time,kind,actor,subject,source,number,detail,hash\r\n");
        foreach (var (sequence, record, hash) in records)
        {
            string[] cells =
            [
                sequence.ToString(CultureInfo.InvariantCulture), AlertJson.Time(record.TimeMs), record.Kind.Name(), record.Actor, record.Subject,
                record.Source == AuditSource.None ? "" : record.Source.ToString().ToLowerInvariant(),
                record.Source == AuditSource.None ? "" : record.SourceNumber.ToString(CultureInfo.InvariantCulture),
                Encoding.UTF8.GetString(record.Detail.Span), hash,
            ];
            output.Write(string.Join(',', cells.Select(Cell)) + "\r\n");
            count++;
        }

        return count;
    }

    /// <summary>By RFC 4180. What a spreadsheet would take for a formula is text: names come from outside.</summary>
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
