using System.CommandLine;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Hosting;
using Fengsui.Devices.Alerts;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Commands.Rules.Replay;

/// <summary>The options of <c>rules replay</c>.</summary>
internal sealed class ReplayArguments
{
    /// <summary>2000-01-01.</summary>
    private const long FirstMs = 946_684_800_000;

    private readonly Option<string> _rules = new("--rules") { Description = "Rules to try: a configuration directory, its rules folder, or any folder of YAML files", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("config", "rules") };
    private readonly Option<string> _data = new("--data") { Description = "Data directory of the server whose journal is run again", HelpName = "DIR", DefaultValueFactory = _ => "data" };
    private readonly Option<string?> _file = new("--file") { Description = "Run over this file instead: CSV with the columns time, device, metric, value and perhaps quality; or, named .jsonl, a JSON message a line as gateways send it, with device and ts in it", HelpName = "FILE" };
    private readonly Option<string?> _from = new("--from") { Description = "Report from this journal time on, such as 2026-05-01T08:00:00Z [default: the journal's beginning]", HelpName = "TIME" };
    private readonly Option<string?> _to = new("--to") { Description = "Up to this journal time [default: the journal's end]", HelpName = "TIME" };
    private readonly Option<string> _warmUp = new("--warm-up") { Description = "Time before --from in which the rules build up their state and nothing is reported", HelpName = "DURATION", DefaultValueFactory = _ => "8h" };
    private readonly Option<string?> _plot = new("--plot") { Description = "Write a timeline as an SVG picture", HelpName = "FILE.svg" };
    private readonly Option<string?> _alerts = new("--alerts") { Description = "Write every step of the alerts that would have fired, as the alert log of a server holds them: over a whole journal and with the rules that ran, equal to its alerts/alerts.jsonl to the byte", HelpName = "FILE.jsonl" };
    private readonly Option<bool> _json = new("--json") { Description = "Write the result as JSON, with every alert" };
    private readonly Option<bool> _exitZero = new("--exit-zero") { Description = "Exit with 0 also when something differs" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_rules, _data, _file, _from, _to, _warmUp, _plot, _alerts, _json, _exitZero])
        {
            command.Add(option);
        }
    }

    /// <exception cref="OperatorMistakeException">A time or a duration is none.</exception>
    public ReplayRequest Read(ParseResult result)
    {
        var (from, to) = (Time(result, _from), Time(result, _to));
        if (from >= to)
        {
            throw new OperatorMistakeException("--from must be before --to");
        }

        var file = result.GetValue(_file);
        if (file is not null && (from ?? to) is not null)
        {
            throw new OperatorMistakeException("--from and --to are for a journal; a file is run whole");
        }

        foreach (var option in (Option<string?>[])[_plot, _alerts])
        {
            CheckPlace(option.Name, result.GetValue(option));
        }

        return new ReplayRequest(
            result.GetRequiredValue(_rules), result.GetRequiredValue(_data), file, from, to, WarmUp(result), result.GetValue(_plot), result.GetValue(_alerts), result.GetValue(_json), result.GetValue(_exitZero));
    }

    private static long? Time(ParseResult result, Option<string?> option)
    {
        if (result.GetValue(option) is not { } text)
        {
            return null;
        }

        if (!QueryTime.TryParse(text, out var time))
        {
            throw new OperatorMistakeException($"{option.Name}: '{text}' is not {QueryTime.Expected}");
        }

        // A year or a time in seconds, taken for milliseconds, is a moment in 1970.
        return time >= FirstMs
            ? time
            : throw new OperatorMistakeException($"{option.Name}: '{text}' is {AlertJson.Time(time)}, before there were journals: it must be {QueryTime.Expected}");
    }

    /// <summary>Said before the run, not after it.</summary>
    private static void CheckPlace(string option, string? path)
    {
        if (path is not null && Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory && !Directory.Exists(directory))
        {
            throw new OperatorMistakeException($"{option}: there is no directory {directory}");
        }
    }

    private TimeSpan WarmUp(ParseResult result) =>
        DurationText.TryParse(result.GetRequiredValue(_warmUp), out var ms)
            ? TimeSpan.FromMilliseconds(ms)
            : throw new OperatorMistakeException($"--warm-up: '{result.GetValue(_warmUp)}' is not a duration such as 8h or 90m");
}
