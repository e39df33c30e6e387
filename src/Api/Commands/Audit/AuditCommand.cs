using System.CommandLine;
using System.Globalization;
using Fengsui.Api.Hosting;
using Fengsui.Devices.Audit;

namespace Fengsui.Api.Commands.Audit;

/// <summary><c>fengsui audit</c>: verify, head, export and show, on a data directory; safe beside a running server.</summary>
internal static class AuditCommand
{
    public static IReadOnlyList<ExampledCommand> Create(CommandTerminal terminal)
    {
        ExampledCommand[] commands = [Verify(terminal), Head(terminal), ExportCommand.Create(terminal), Show(terminal)];
        var audit = new ExampledCommand("audit", "Verify the audit log, give away its head, or read it.", [.. commands.SelectMany(command => command.Examples)]);
        foreach (var command in commands)
        {
            audit.Add(command);
        }

        return [audit, .. commands];
    }

    internal static Option<DirectoryInfo> DataOption() => new("--data")
    {
        Description = "Data directory of the server",
        DefaultValueFactory = _ => new DirectoryInfo("data"),
    };

    /// <exception cref="OperatorMistakeException">There is no audit log.</exception>
    internal static string FolderOf(DirectoryInfo data)
    {
        var folder = Path.Combine(data.FullName, AuditFiles.Folder);
        return Directory.Exists(folder) ? folder : throw new OperatorMistakeException($"there is no audit log in {data.FullName}");
    }

    private static ExampledCommand Verify(CommandTerminal terminal)
    {
        var data = DataOption();
        var head = new Option<string[]>("--head") { Description = "A head that was kept elsewhere, as SEQUENCE:HASH or HASH; may be given again", HelpName = "HEAD" };
        var skip = new Option<bool>("--no-journal") { Description = "Do not read the journal for anchors and commands: quicker, and finds less" };
        var command = new ExampledCommand(
            "verify",
            "Verify the chain, compare it with the anchors in the journal and with heads that were kept, and the alert log and the journal with what is on record of them. Changes nothing. Exit code 1 when something is wrong.",
            "fengsui audit verify --data ./data",
            "fengsui audit verify --head 4711:$(cat head.txt)") { data, head, skip };
        command.SetAction((result, cancel) => Task.FromResult(Verify(
            result.GetRequiredValue(data), [.. (result.GetValue(head) ?? []).Select(ParseHead)], !result.GetValue(skip), terminal, cancel)));
        return command;
    }

    private static AuditHead ParseHead(string text) => AuditHead.TryParse(text, out var head)
        ? head
        : throw new OperatorMistakeException($"--head: '{text}' is not a head: expected 64 hexadecimal digits, with or without the sequence number and a colon before them");

    private static int Verify(DirectoryInfo data, IReadOnlyList<AuditHead> heads, bool readsJournal, CommandTerminal terminal, CancellationToken cancel)
    {
        if (!data.Exists)
        {
            throw new OperatorMistakeException($"there is no data directory {data.FullName}");
        }

        var found = AuditVerifier.Verify(data.FullName, heads, readsJournal, cancel);
        var output = terminal.Output;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found.Segments} segments, {found.Records} records, {found.Bytes} bytes, {found.AlertEntries} entries of the alert log compared"));
        foreach (var finding in found.Findings)
        {
            output.WriteLine(finding.ToString());
        }

        if (found.MoreFindings > 0)
        {
            output.WriteLine($"… and {found.MoreFindings} more");
        }

        output.WriteLine($"head {found.Head}");
        output.WriteLine(found.VouchedFor > 0
            ? $"{found.Anchors} known heads agree; everything up to record {found.VouchedFor} is what it was when they were taken"
            : "no known head was compared: a log that was cut, or written again from some record on, would look the same");
        output.WriteLine(found.IsIntact ? "ok: nothing was changed, dropped or re-ordered" : "NOT OK: see above");
        return found.IsIntact ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private static ExampledCommand Head(CommandTerminal terminal)
    {
        var data = DataOption();
        var asJson = new Option<bool>("--json") { Description = "Write it as JSON" };
        var command = new ExampledCommand(
            "head", "Show the newest record's number and hash: keep it elsewhere, and 'audit verify --head' proves everything before it.", "fengsui audit head --json") { data, asJson };
        command.SetAction(result =>
        {
            var head = AuditFiles.Head(FolderOf(result.GetRequiredValue(data)));
            terminal.Output.WriteLine(result.GetValue(asJson) ? $"{{\"sequence\":{head.Sequence},\"hash\":\"{head.Hash}\"}}" : head.ToString());
            return ExitCodes.Ok;
        });
        return command;
    }

    private static ExampledCommand Show(CommandTerminal terminal)
    {
        var data = DataOption();
        var alert = new Option<string>("--alert") { Description = "Id of an alert", HelpName = "ID", Required = true };
        var command = new ExampledCommand(
            "show", "Show every record about an alert, one a line as it stands in the log. 'fengsui alerts show' tells it for people.", "fengsui audit show --alert 7d2kq3c5p6z4m7r2n5w3x6y4ab") { data, alert };
        command.SetAction(result =>
        {
            var written = ExportCommand.WriteLines(AuditFiles.Read(FolderOf(result.GetRequiredValue(data)), about: result.GetRequiredValue(alert)), terminal.Output);
            return written > 0 ? ExitCodes.Ok : throw new OperatorMistakeException($"the audit log has no record about {result.GetRequiredValue(alert)}");
        });
        return command;
    }
}
