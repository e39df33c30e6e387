using System.CommandLine;
using Fengsui.Api.Configuration.Binding;
using Fengsui.Api.DataPath;
using Fengsui.Api.Delivery.Configuration;
using Fengsui.Api.Hosting;
using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Receivers;

/// <summary><c>fengsui receivers route</c>: whom an alert would reach, by the file, without a server.</summary>
internal static class RouteCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var config = new Option<string>("--config") { Description = "Directory of receivers.yaml", HelpName = "DIR", DefaultValueFactory = _ => "config" };
        var tier = new Option<string>("--tier") { Description = string.Join(", ", TierNames.All), HelpName = "TIER", Required = true };
        var state = new Option<string>("--state") { Description = "State or event", HelpName = "WORD", DefaultValueFactory = _ => "firing" };
        var zone = Text("--zone");
        var device = Text("--device");
        var type = Text("--device-type");
        var rule = Text("--rule");
        var audience = new Option<string[]>("--audience") { Description = "Who must be told (repeatable)", HelpName = "NAME" };
        var labels = new Option<string[]>("--label") { Description = "A label of the device (repeatable)", HelpName = "NAME=VALUE" };
        var held = new Option<bool>("--held") { Description = "Held back as noise" };
        var command = new ExampledCommand(
            "route",
            "Show which receivers an alert would reach by the routes of receivers.yaml. Needs no running server.",
            "fengsui receivers route --tier major --zone hall-3",
            "fengsui receivers route --tier general --device-type tank --label site=east") { config, tier, state, zone, device, type, rule, audience, labels, held };
        command.SetAction(result =>
        {
            var facts = new RouteFacts(
                TierOf(result.GetRequiredValue(tier)),
                Tier.None,
                StateOf(result.GetRequiredValue(state)),
                result.GetValue(zone) ?? "",
                result.GetValue(device) ?? "",
                result.GetValue(type) ?? "",
                result.GetValue(rule) ?? "",
                Labels(result.GetValue(labels) ?? []),
                result.GetValue(audience) ?? [],
                result.GetValue(held));
            return Run(result.GetRequiredValue(config), facts, terminal);
        });
        return command;
    }

    private static Option<string?> Text(string name) => new(name) { Description = "As in the alert", HelpName = "TEXT" };

    private static int Run(string directory, RouteFacts facts, CommandTerminal terminal)
    {
        var catalog = ReceiverFileReader.Read(Path.Combine(directory, ConfigFiles.ReceiversFile), ConfigFiles.Receivers(directory), SecretReader.OfProcess(directory));
        var mistakes = catalog.Diagnostics.Where(mistake => mistake.Severity == Severity.Error).Select(mistake => mistake.ToString()).ToArray();
        if (!ConfigurationReport.Accept(mistakes, directory, terminal))
        {
            return ExitCodes.Usage;
        }

        var reached = catalog.Router.Reached(facts);
        foreach (var name in reached)
        {
            terminal.Output.WriteLine(name);
        }

        if (reached.Count == 0)
        {
            terminal.Error.WriteLine("fengsui: nobody");
        }

        return reached.Count == 0 ? ExitCodes.Failure : ExitCodes.Ok;
    }

    private static Tier TierOf(string name) =>
        TierNames.TryParse(name, out var tier) ? tier : throw new OperatorMistakeException($"--tier: '{name}' is not one of {string.Join(", ", TierNames.All)}");

    private static string StateOf(string name) =>
        EntryStates.All.Contains(name) ? name : throw new OperatorMistakeException($"--state: '{name}' is not one of {string.Join(", ", EntryStates.All)}");

    private static SortedDictionary<string, string> Labels(string[] texts)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            labels[equals > 0 ? text[..equals] : throw new OperatorMistakeException($"--label: '{text}' is not NAME=VALUE")] = text[(equals + 1)..];
        }

        return labels;
    }
}
