using System.CommandLine;
using Fengsui.Api.Configuration;
using Fengsui.Api.DataPath;
using Fengsui.Api.Hosting;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Journal;

namespace Fengsui.Api.Commands;

/// <summary><c>fengsui journal verify</c> and <c>fengsui journal replay</c>.</summary>
internal static class JournalCommands
{
    public static IReadOnlyList<ExampledCommand> Create(CommandTerminal terminal)
    {
        var verify = Verify(terminal);
        var replay = Replay(terminal);
        var journal = new ExampledCommand(
            "journal", "Look at the journal, or compute everything from it anew.", [.. verify.Examples, .. replay.Examples]);
        journal.Add(verify);
        journal.Add(replay);
        return [journal, verify, replay];
    }

    private static ExampledCommand Verify(CommandTerminal terminal)
    {
        var data = DataOption();
        var command = new ExampledCommand(
            "verify",
            "Read every byte of the journal and check it. Changes nothing; safe beside a running server. Exit code 1 when something is lost.",
            "fengsui journal verify --data ./data");
        command.Add(data);
        command.SetAction(result => Verify(JournalOf(result.GetValue(data)!), terminal));
        return command;
    }

    private static ExampledCommand Replay(CommandTerminal terminal)
    {
        var data = DataOption();
        var into = new Option<DirectoryInfo>("--into") { Description = "An empty or new directory for the result", Required = true };
        var command = new ExampledCommand(
            "replay",
            "Compute alert log, history and dead letters from the journal, into an empty directory. Equal journals give equal alert logs, to the byte.",
            "fengsui journal replay --data ./data --into ./rebuilt",
            "cat ./data/alerts/alerts.jsonl* | cmp - <(cat ./rebuilt/alerts/alerts.jsonl*)");
        command.Add(data);
        command.Add(into);
        command.SetAction((result, cancel) =>
            ReplayAsync(result.GetValue(data)!, result.GetValue(into)!, terminal, cancel));
        return command;
    }

    private static int Verify(string journal, CommandTerminal terminal)
    {
        var found = JournalVerifier.Verify(journal);
        terminal.Output.WriteLine($"{found.Segments} segments, {found.Blocks} blocks, {found.Batches} batches, {found.Bytes} bytes, positions {found.FirstPosition} to {found.EndPosition}");
        foreach (var header in found.DamagedHeaders)
        {
            terminal.Output.WriteLine($"damaged header: {header}");
        }

        foreach (var gap in found.Gaps)
        {
            terminal.Output.WriteLine($"lost: positions {gap.FromPosition} to {gap.ToPosition}, {gap.LostBlocks} blocks, {gap.Reason}");
        }

        terminal.Output.WriteLine(found.IsIntact ? "ok: nothing is lost" : "NOT OK: see above");
        return found.IsIntact ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private static async Task<int> ReplayAsync(
        DirectoryInfo data, DirectoryInfo into, CommandTerminal terminal, CancellationToken cancellation)
    {
        JournalOf(data);
        if (into.Exists && into.EnumerateFileSystemInfos().Any())
        {
            throw new OperatorMistakeException($"{into.FullName} is not empty: give --into a new directory");
        }

        var faults = 0;
        var options = EngineSetup.Engine(new FengsuiOptions(), into.FullName, incident =>
        {
            Interlocked.Increment(ref faults);
            terminal.Error.WriteLine($"{incident.Part}: {incident.Message}");
        });
        var recovery = await JournalReplay.RunAsync(data.FullName, options, TimeProvider.System, cancellation);
        await terminal.Output.WriteLineAsync(
            $"replayed {recovery.Batches} batches in {recovery.Elapsed.TotalSeconds:F1} s, to position {recovery.EndPosition}, into {into.FullName}");
        if (recovery.SnapshotPosition > 0)
        {
            await terminal.Output.WriteLineAsync(
                $"the beginning of the journal is no longer there: replayed from the snapshot at position {recovery.SnapshotPosition} on");
        }

        return faults == 0 ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private static Option<DirectoryInfo> DataOption() => new("--data")
    {
        Description = "Data directory of the server",
        DefaultValueFactory = _ => new DirectoryInfo("data"),
    };

    private static string JournalOf(DirectoryInfo data)
    {
        var journal = Path.Combine(data.FullName, "journal");
        return Directory.Exists(journal) ? journal : throw new OperatorMistakeException($"there is no journal in {data.FullName}");
    }
}
