using System.CommandLine;
using System.Text;
using System.Text.Json;
using Fengsui.Api.Commands.Rules.Explain;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Hosting;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Audit;

namespace Fengsui.Api.Commands.Alerts;

/// <summary><c>fengsui alerts list</c> and <c>fengsui alerts show</c>, on a data directory; safe beside a running server.</summary>
internal static class AlertsCommand
{
    public static IReadOnlyList<ExampledCommand> Create(CommandTerminal terminal)
    {
        var (list, show) = (List(terminal), Show(terminal));
        var alerts = new ExampledCommand("alerts", "List the newest alerts, or tell the whole story of one.", [.. list.Examples, .. show.Examples]);
        alerts.Add(list);
        alerts.Add(show);
        return [alerts, list, show];
    }

    private static ExampledCommand List(CommandTerminal terminal)
    {
        var (data, asJson) = (DataOption(), JsonOption());
        var command = new ExampledCommand("list", "List the newest alerts.", "fengsui alerts list --data ./data") { data, asJson };
        command.SetAction(result =>
        {
            var alerts = new RecentAlerts(result.GetRequiredValue(data));
            if (result.GetValue(asJson))
            {
                alerts.WriteJson(terminal.Output);
            }
            else
            {
                alerts.WriteTable(terminal.Output);
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static ExampledCommand Show(CommandTerminal terminal)
    {
        var (data, asJson) = (DataOption(), JsonOption());
        var alert = new Argument<string>("ALERT") { Description = "Id of an alert, or the first letters of it" };
        var language = new Option<string>("--lang") { Description = "en or zh", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("en", "zh");
        var brief = new Option<bool>("--no-readings") { Description = "Do not run the journal again for the readings behind it" };
        var command = new ExampledCommand(
            "show",
            "Tell the whole story of one alert: what the rule read and in which version, every step and event, who was told when and how it went, who answered. Exit code 2 when there is no such alert.",
            "fengsui alerts show 7d2kq3c5p6z4m7r2n5w3x6y4ab",
            "fengsui alerts show 7d2k --lang zh") { alert, data, language, brief, asJson };
        command.SetAction((result, cancel) =>
        {
            var directory = result.GetRequiredValue(data);
            var id = new RecentAlerts(directory).Resolve(result.GetRequiredValue(alert));
            var story = AlertStory.Tell(directory, id, !result.GetValue(brief), cancel)
                ?? throw new OperatorMistakeException($"the alert log of {directory} has no alert {id}");
            if (result.GetValue(asJson))
            {
                WriteJson(story, terminal.Output);
            }
            else
            {
                new StoryReport(story, StoryWords.Of(result.GetRequiredValue(language)), terminal.Output).Write();
            }

            return Task.FromResult(ExitCodes.Ok);
        });
        return command;
    }

    private static void WriteJson(AlertStory story, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, AlertJson.WriterOptions with { Indented = true }))
        {
            StoryJson.Write(json, story);
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static Option<string> DataOption() => new("--data") { Description = "Data directory of the server", HelpName = "DIR", DefaultValueFactory = _ => "data" };

    private static Option<bool> JsonOption() => new("--json") { Description = "Write it as JSON" };
}
