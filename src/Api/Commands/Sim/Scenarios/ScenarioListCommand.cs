using Fengsui.Api.Commands.Rules;
using Fengsui.Rules.Parsing.Yaml;
using Fengsui.Scenarios;

namespace Fengsui.Api.Commands.Sim.Scenarios;

/// <summary><c>fengsui sim scenario list</c>: the shipped scenarios.</summary>
internal static class ScenarioListCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var command = new ExampledCommand("list", "List the shipped scenarios.", "fengsui sim scenario list");
        command.SetAction(_ => List(terminal.Output));
        return command;
    }

    private static int List(TextWriter output)
    {
        var table = new TextTable("scenario", "lasts", "devices", "rules", "what happens");
        foreach (var scenario in ShippedScenarios.Names.Select(ShippedScenarios.Load))
        {
            var rules = scenario.Truth.Select(truth => truth.Rule).Distinct().Count();
            table.Add(scenario.Name, DurationText.Format(scenario.LastsMs), $"{scenario.Devices.Count}", $"{rules}", scenario.Summary);
        }

        table.Write(output);
        return ExitCodes.Ok;
    }
}
