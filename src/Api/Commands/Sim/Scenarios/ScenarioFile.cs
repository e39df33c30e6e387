using Fengsui.Api.Hosting;
using Fengsui.Api.RuleTools;
using Fengsui.Rules.Parsing;
using Fengsui.Scenarios;
using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Reading;

namespace Fengsui.Api.Commands.Sim.Scenarios;

/// <summary>A scenario as an operator names it: a file, or the name of a shipped one.</summary>
internal static class ScenarioFile
{
    /// <summary>Null when the file has mistakes, which are then told.</summary>
    /// <exception cref="OperatorMistakeException">There is neither a file nor a shipped scenario of this name.</exception>
    public static Scenario? Load(string name, CommandTerminal terminal)
    {
        var text = File.Exists(name) ? File.ReadAllText(name)
            : ShippedScenarios.Text(name)
            ?? throw new OperatorMistakeException($"there is no file {name}, and no shipped scenario of this name{NearMiss.Hint(name, ShippedScenarios.Names)}; one of {string.Join(", ", ShippedScenarios.Names)}");
        var scenario = ScenarioReader.Read(File.Exists(name) ? name : name + ".yaml", text, out var diagnostics);
        DiagnosticReport.Write(diagnostics, asJson: false, terminal);
        return scenario;
    }

    /// <summary>Decides what chance decides.</summary>
    /// <exception cref="OperatorMistakeException">The scenario cannot be played with this seed.</exception>
    public static ScenarioRun Prepare(Scenario scenario, ulong seed, long startMs, bool isEventTime = false)
    {
        try
        {
            return new ScenarioRun(scenario, seed, startMs, isEventTime);
        }
        catch (InvalidDataException mistake)
        {
            throw new OperatorMistakeException($"{scenario.Name}, seed {seed}: {mistake.Message}");
        }
    }
}
