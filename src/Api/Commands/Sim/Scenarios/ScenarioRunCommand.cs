using System.Globalization;
using Fengsui.Api.Commands.Rules;
using Fengsui.Api.DataPath;
using Fengsui.Api.Hosting;
using Fengsui.Devices.Alerts;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Rules.Parsing.Yaml;
using Fengsui.Scenarios;
using Fengsui.Scenarios.Live;
using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Scoring;

namespace Fengsui.Api.Commands.Sim.Scenarios;

/// <summary><c>fengsui sim scenario run</c>: plays a scenario to a server, or offline, and scores what was told.</summary>
internal static class ScenarioRunCommand
{
    /// <summary>Mistakes and refusals that are told one by one.</summary>
    private const int MaxTold = 20;

    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var arguments = new ScenarioRunArguments();
        var command = new ExampledCommand(
            "run",
            "Play a scenario, collect the alerts, and score them against the truth. Exit code 0 when all that happened was told in time and nothing else, 1 when not, 2 when it was asked wrongly.",
            "fengsui sim scenario run gas-leak --offline --seeds 20",
            "fengsui sim scenario run gas-leak --seed 7 --out runs/gas-leak",
            "fengsui sim scenario run warehouse-heating --speed 20 --out runs/warm",
            "fengsui sim scenario run mine.yaml --offline --rules config --out runs/mine");
        arguments.AddTo(command);
        command.SetAction(async (result, cancel) =>
        {
            using var signal = new StopSignal();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(signal.Token, cancel);
            return await RunAsync(arguments.Read(result), terminal, stop.Token);
        });
        return command;
    }

    private static async Task<int> RunAsync(ScenarioRunRequest request, CommandTerminal terminal, CancellationToken cancel)
    {
        if (ScenarioFile.Load(request.Name, terminal) is not { } scenario)
        {
            return ExitCodes.Usage;
        }

        if (request.Server.Speed > 1 && !scenario.MayHurry)
        {
            throw new OperatorMistakeException($"--speed: {scenario.Name} leans on the server's clock, so it is played as fast as it happens");
        }

        var scores = new List<Score>();
        var isRight = true;
        for (var seed = request.Seed; seed < request.Seed + (ulong)request.Seeds; seed++)
        {
            var (run, steps, refused) = request.IsOffline ? PlayOffline(scenario, seed, request) : await PlayLiveAsync(scenario, seed, request, terminal, cancel);
            var score = Scorer.Judge(run.Truth, ReceivedAlert.Join(steps, run.Truth.IsEventTime));
            scores.Add(score);
            isRight &= !score.Mistakes.Any() && refused.Count == 0;
            Tell(score, refused, seed, terminal.Output);
            if (request.Out is { } directory)
            {
                var path = request.Seeds == 1 ? directory : Path.Combine(directory, $"seed-{seed.ToString(CultureInfo.InvariantCulture)}");
                await ScenarioOutput.WriteAsync(path, run.Truth, steps, score, terminal.Output, cancel);
            }
        }

        ScoreReport.Write(scores, terminal.Output);
        return isRight ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private static (ScenarioRun Run, IReadOnlyList<AlertTransition> Steps, IReadOnlyList<string> Refused) PlayOffline(Scenario scenario, ulong seed, ScenarioRunRequest request)
    {
        var run = ScenarioFile.Prepare(scenario, seed, scenario.StartMs);
        var rules = request.Rules is { } directory ? RuleDirectory.Read(directory) : ConfigFiles.Rules("");
        var keys = Directory.CreateTempSubdirectory("fengsui-scenario-");
        try
        {
            run.Config(0).WriteTo(keys.FullName);
            var stepped = new SteppedRun(run, rules, keys.FullName);
            var steps = stepped.Play();
            return stepped.QuarantinedRows == 0 ? (run, steps, stepped.Refused)
                : throw new EnvironmentException($"the engine failed at {stepped.QuarantinedRows} rows; this is a fault of the program");
        }
        catch (InvalidDataException mistake)
        {
            throw new OperatorMistakeException(mistake.Message);
        }
        finally
        {
            keys.Delete(recursive: true);
        }
    }

    private static async Task<(ScenarioRun Run, IReadOnlyList<AlertTransition> Steps, IReadOnlyList<string> Refused)> PlayLiveAsync(
        Scenario scenario, ulong seed, ScenarioRunRequest request, CommandTerminal terminal, CancellationToken cancel)
    {
        var run = ScenarioFile.Prepare(scenario, seed, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), isEventTime: request.Server.Speed > 1);
        await using var live = new LiveRun(run, request.Server);
        try
        {
            var objections = await live.ObjectionsAsync(cancel);
            if (objections.Count > 0)
            {
                throw new OperatorMistakeException(
                    $"{request.Server.Http} is not prepared: {string.Join("; ", objections)}. Run: fengsui sim scenario config {request.Name} --dir its configuration directory");
            }

            var lasts = DurationText.Format((long)(scenario.LastsMs / request.Server.Speed));
            terminal.Output.WriteLine($"playing {scenario.Name}, seed {seed}, for {lasts} to {request.Server.Http}");
            var outcome = await live.PlayAsync(cancel);
            terminal.Output.WriteLine($"{outcome.Sent} messages and calls sent, {outcome.Steps.Count} steps of alerts received");
            return (run, outcome.Steps, outcome.Refused);
        }
        catch (Exception fault) when (fault is HttpRequestException or MqttConnectException)
        {
            throw new EnvironmentException($"{request.Server.Http}: {fault.Message}");
        }
    }

    private static void Tell(Score score, IReadOnlyList<string> refused, ulong seed, TextWriter output)
    {
        foreach (var mistake in score.Mistakes.Take(MaxTold))
        {
            output.WriteLine($"seed {seed}: {mistake.Rule} of {mistake.Subject}: {mistake.Mistake}");
        }

        foreach (var one in refused.Take(MaxTold))
        {
            output.WriteLine($"seed {seed}: not taken: {one}");
        }
    }
}
