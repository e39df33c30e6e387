using Fengsui.Api.Hosting;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Replay;
using Fengsui.Rules;

namespace Fengsui.Api.Commands.Rules.Replay;

/// <summary><c>fengsui rules replay</c>: a back-test.</summary>
internal static class ReplayCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var arguments = new ReplayArguments();
        var command = new ExampledCommand(
            "replay",
            "Back-test rules: run them over what a server has recorded, or over a file of readings, and show what would have fired and how that differs from what did. "
            + "Changes nothing; safe beside a running server. Exit code 0 when nothing differs, 1 when something does, 2 when the rules have mistakes or the journal holds nothing of the range.",
            "fengsui rules replay --rules ./candidate --data ./data",
            "fengsui rules replay --from 2026-05-01T08:00:00Z --to 2026-05-01T20:00:00Z --plot day.svg",
            "fengsui rules replay --file readings.csv --json");
        arguments.AddTo(command);
        command.SetAction((result, cancel) => RunAsync(arguments.Read(result), terminal, cancel));
        return command;
    }

    private static async Task<int> RunAsync(ReplayRequest request, CommandTerminal terminal, CancellationToken cancel)
    {
        var files = RuleDirectory.Read(request.Rules);
        var parsed = RuleSet.Parse(files);
        if (parsed.RuleSet is null)
        {
            var mistakes = parsed.Diagnostics.Where(one => one.Severity == Severity.Error).Select(one => one.ToString()).ToArray();
            ConfigurationReport.Accept(mistakes, request.Rules, terminal);
            return ExitCodes.Usage;
        }

        BackTestResult? result;
        try
        {
            result = request.File is null
                ? await OverJournalAsync(request, files, terminal, cancel)
                : FileBackTest.Run(request.File, request.Rules, files, terminal, cancel);
        }
        catch (InvalidDataException lost)
        {
            throw new EnvironmentException(lost.Message, lost);
        }

        if (result is null)
        {
            return ExitCodes.Usage;
        }

        if (request.Plot is { } plot)
        {
            await File.WriteAllTextAsync(plot, new TimelinePlot(result).Draw(), cancel);
        }

        if (request.Alerts is { } alerts)
        {
            AlertLogFile.Write(alerts, result.Entries);
        }

        Show(request, result, terminal);
        return request.ExitZero || !result.IsCompared || !result.IsDifferent ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private static async Task<BackTestResult> OverJournalAsync(
        ReplayRequest request, IReadOnlyList<RuleFile> files, CommandTerminal terminal, CancellationToken cancel)
    {
        if (!Directory.Exists(Path.Combine(request.Data, "journal")))
        {
            throw new OperatorMistakeException($"there is no journal in {request.Data}: give --data, or --file");
        }

        var progress = new ProgressLine(terminal.Error);
        var options = new BackTestOptions
        {
            DataDirectory = request.Data,
            Rules = files,
            FromMs = request.FromMs,
            ToMs = request.ToMs,
            WarmUp = request.WarmUp,
            Progress = progress.Show,
        };
        var result = await BackTest.RunAsync(options, cancel);
        progress.Clear();
        return Checked(result, request);
    }

    /// <exception cref="OperatorMistakeException">The journal holds nothing of the range.</exception>
    private static BackTestResult Checked(BackTestResult result, ReplayRequest request)
    {
        if (request.FromMs > result.JournalEndMs)
        {
            throw new OperatorMistakeException($"--from is after the end of the journal, {AlertJson.Time(result.JournalEndMs)}");
        }

        return request.ToMs < result.FromMs
            ? throw new OperatorMistakeException($"--to is before the beginning of what the journal still holds, {AlertJson.Time(result.FromMs)}")
            : result;
    }

    private static void Show(ReplayRequest request, BackTestResult result, CommandTerminal terminal)
    {
        if (!request.Json)
        {
            ReplayReport.Write(terminal.Output, result, request.File is null ? $"{request.Rules} over the journal of {request.Data}" : $"{request.Rules} over {request.File}");
            return;
        }

        using var json = new MemoryStream();
        ReplayJson.Write(json, result);
        terminal.Output.WriteLine(System.Text.Encoding.UTF8.GetString(json.ToArray()));
    }
}
