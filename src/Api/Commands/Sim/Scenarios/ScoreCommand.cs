using System.CommandLine;
using System.Net.Http.Headers;
using Fengsui.Api.Hosting;
using Fengsui.Devices.Alerts;
using Fengsui.Scenarios.Live;
using Fengsui.Scenarios.Scoring;
using Fengsui.Scenarios.Truth;

namespace Fengsui.Api.Commands.Sim.Scenarios;

/// <summary><c>fengsui score</c>: compares alerts with the truth of a run.</summary>
internal static class ScoreCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var truth = new Option<string>("--truth") { Description = "truth.jsonl of a run", HelpName = "FILE", Required = true };
        var alerts = new Option<string>("--alerts") { Description = "Steps of alerts, a JSON object a line; or the address of a server, whose list is then read (API key from FENGSUI_API_KEY)", HelpName = "FILE|URL", Required = true };
        var recall = Share("--min-recall");
        var precision = Share("--min-precision");
        var plot = new Option<string?>("--plot") { Description = "Draw the timeline into this SVG file, and a PNG beside it where rsvg-convert is installed", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON" };
        var command = new ExampledCommand(
            "score",
            "Compare alerts with the truth of a scenario, rule by rule: precision, recall, delay, false alarms. Exit code 1 when recall or precision of all rules together is below what is asked for.",
            "fengsui score --truth runs/gas-leak/truth.jsonl --alerts runs/gas-leak/alerts.jsonl",
            "fengsui score --truth truth.jsonl --alerts http://127.0.0.1:8080 --min-recall 0.95 --min-precision 0.9 --plot timeline.svg") { truth, alerts, recall, precision, plot, json };
        command.SetAction(async (result, cancel) =>
        {
            var score = await JudgeAsync(result.GetRequiredValue(truth), result.GetRequiredValue(alerts), result.GetValue(plot), cancel);
            Show(score, result.GetValue(json), terminal.Output);
            return score.Total.Recall >= result.GetValue(recall) && score.Total.Precision >= result.GetValue(precision) ? ExitCodes.Ok : ExitCodes.Failure;
        });
        return command;
    }

    private static async Task<Score> JudgeAsync(string truthPath, string alerts, string? plot, CancellationToken cancel)
    {
        var truth = Parse(truthPath, TruthFile.Read);
        var steps = alerts.StartsWith("http://", StringComparison.Ordinal) || alerts.StartsWith("https://", StringComparison.Ordinal)
            ? await FetchAsync(alerts, truth, cancel)
            : Parse(alerts, AlertArchive.Read);
        var score = Scorer.Judge(truth, ReceivedAlert.Join(steps, truth.IsEventTime));
        if (plot is not null)
        {
            await ScenarioOutput.DrawAsync(plot, truth, score, cancel);
        }

        return score;
    }

    private static void Show(Score score, bool asJson, TextWriter output)
    {
        if (asJson)
        {
            ScoreReport.WriteJson(score, output);
            return;
        }

        foreach (var mistake in score.Mistakes)
        {
            output.WriteLine($"{AlertJson.Time(mistake.Episode?.BeginMs ?? mistake.Alert!.FiredMs)} {mistake.Rule} of {mistake.Subject}: {mistake.Mistake}");
        }

        ScoreReport.Write([score], output);
    }

    private static T Parse<T>(string path, Func<IEnumerable<string>, T> read)
    {
        if (!File.Exists(path))
        {
            throw new OperatorMistakeException($"there is no file {path}");
        }

        try
        {
            return read(File.ReadLines(path));
        }
        catch (InvalidDataException mistake)
        {
            throw new OperatorMistakeException($"{path}: {mistake.Message}");
        }
    }

    private static async Task<IReadOnlyList<AlertTransition>> FetchAsync(string url, TruthRecord truth, CancellationToken cancel)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var server))
        {
            throw new OperatorMistakeException($"--alerts: '{url}' is not an http or https address");
        }

        using var http = new HttpClient { BaseAddress = server, Timeout = Patience };
        if (Environment.GetEnvironmentVariable("FENGSUI_API_KEY") is { Length: > 0 } key)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        try
        {
            return await AlertArchive.FetchAsync(http, truth, cancel);
        }
        catch (Exception fault) when (fault is HttpRequestException or InvalidDataException or KeyNotFoundException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            throw new EnvironmentException($"no alerts from {url}: {fault.Message}");
        }
    }

    private static Option<double> Share(string name)
    {
        var option = new Option<double>(name) { Description = "From 0 to 1; below it the exit code is 1", DefaultValueFactory = _ => 1.0 };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1))
            {
                result.AddError($"{name} must be from 0 to 1");
            }
        });
        return option;
    }
}
