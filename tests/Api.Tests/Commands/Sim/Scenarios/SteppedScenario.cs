using Fengsui.Api.Commands.Sim.Scenarios;
using Fengsui.Api.DataPath;
using Fengsui.Devices.Alerts;
using Fengsui.Rules;
using Fengsui.Scenarios;
using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Scoring;

namespace Fengsui.Api.Tests.Commands.Sim.Scenarios;

/// <summary>A scenario against the shipped packs, stepped.</summary>
internal static class SteppedScenario
{
    private static readonly Lazy<IReadOnlyList<RuleFile>> Rules = new(() => ConfigFiles.Rules(Repository.File("config")));

    public static (ScenarioRun Run, IReadOnlyList<AlertTransition> Steps, SteppedRun Stepped) Play(Scenario scenario, ulong seed)
    {
        var run = new ScenarioRun(scenario, seed, scenario.StartMs);
        var directory = Directory.CreateTempSubdirectory("fengsui-scenario-");
        try
        {
            run.Config(0).WriteTo(directory.FullName);
            var stepped = new SteppedRun(run, Rules.Value, directory.FullName);
            return (run, stepped.Play(), stepped);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    public static Score Judge(ScenarioRun run, IReadOnlyList<AlertTransition> steps) =>
        Scorer.Judge(run.Truth, ReceivedAlert.Join(steps, isEventTime: false));
}
