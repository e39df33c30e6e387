using Fengsui.Api.Commands;

namespace Fengsui.Api.Tests.Commands.Sim.Scenarios;

public sealed class ScenarioCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fengsui-scenario-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_run_leaves_what_score_judges_alike()
    {
        var (code, output, error) = await RunAsync("sim", "scenario", "run", "gas-leak", "--offline", "--seed", "3", "--out", _directory);
        Assert.Equal((ExitCodes.Ok, ""), (code, error));
        Assert.Contains("gas-detection/CombustibleGas", output, StringComparison.Ordinal);

        var (truth, alerts, plot) = (In("truth.jsonl"), In("alerts.jsonl"), In("again.svg"));
        Assert.Equal(ExitCodes.Ok, (await RunAsync("score", "--truth", truth, "--alerts", alerts, "--plot", plot)).Code);
        Assert.Equal(await File.ReadAllTextAsync(In("timeline.svg")), await File.ReadAllTextAsync(plot));
    }

    [Fact]
    public async Task Score_fails_below_what_is_asked_for()
    {
        await RunAsync("sim", "scenario", "run", "gas-leak", "--offline", "--seed", "3", "--out", _directory);
        var (truth, alerts) = (In("truth.jsonl"), In("alerts.jsonl"));
        var lines = await File.ReadAllLinesAsync(alerts);
        await File.WriteAllLinesAsync(alerts, lines.Where(line => !line.Contains("CombustibleGasInZone", StringComparison.Ordinal)));

        Assert.Equal(ExitCodes.Failure, (await RunAsync("score", "--truth", truth, "--alerts", alerts)).Code);
        Assert.Equal(ExitCodes.Ok, (await RunAsync("score", "--truth", truth, "--alerts", alerts, "--min-recall", "0.5")).Code);
        var (code, output, _) = await RunAsync("score", "--truth", truth, "--alerts", alerts, "--json");
        using var json = System.Text.Json.JsonDocument.Parse(output);
        Assert.Equal((ExitCodes.Failure, 1.0), (code, json.RootElement.GetProperty("total").GetProperty("precision").GetDouble()));
        Assert.Equal("it was not told", json.RootElement.GetProperty("mistakes")[0].GetProperty("mistake").GetString());
    }

    [Fact]
    public async Task The_configuration_of_every_scenario_is_accepted_beside_the_shipped_one()
    {
        foreach (var folder in new[] { "rules", "routes", "devices", "sources" })
        {
            CopyFolder(Repository.File($"config/{folder}"), In(folder));
        }

        foreach (var name in Fengsui.Scenarios.ShippedScenarios.Names)
        {
            Assert.Equal(ExitCodes.Ok, (await RunAsync("sim", "scenario", "config", name, "--dir", _directory)).Code);
        }

        var (code, _, error) = await RunAsync("check", "--config", _directory);
        Assert.Equal((ExitCodes.Ok, ""), (code, error));
    }

    [Theory]
    [InlineData("sim scenario run gas-laek --offline", "did you mean 'gas-leak'?")]
    [InlineData("sim scenario run gas-leak --speed 10", "leans on the server's clock")]
    [InlineData("sim scenario run gas-leak --rules config", "--offline")]
    [InlineData("sim scenario run warehouse-heating --speed 0.5", "--speed must be")]
    [InlineData("score --truth no.jsonl --alerts no.jsonl", "there is no file no.jsonl")]
    [InlineData("score --truth no.jsonl --alerts no.jsonl --min-recall 7", "must be from 0 to 1")]
    public async Task What_is_asked_wrongly_is_said(string line, string expected)
    {
        var (code, _, error) = await RunAsync(line.Split(' '));

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_in_a_scenario_are_told_with_their_places()
    {
        await File.WriteAllTextAsync(In("mine.yaml"), ScenarioText.With("truth: [{ rule: a/B, of: g-7, tier: major, from: 1m, early: 0s, late: 1s }]"));

        var (code, _, error) = await RunAsync("sim", "scenario", "run", In("mine.yaml"), "--offline");

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains("mine.yaml:16:", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sim scenario")]
    [InlineData("sim scenario run")]
    [InlineData("sim scenario list")]
    [InlineData("sim scenario config")]
    [InlineData("score")]
    public async Task Every_command_has_help_with_examples(string command)
    {
        var (code, output, error) = await RunAsync([.. command.Split(' '), "--help"]);

        Assert.Equal((ExitCodes.Ok, ""), (code, error));
        Assert.Contains("Examples:", output, StringComparison.Ordinal);
        Assert.Contains($"  fengsui {command}", output, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_directory, name);

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, TextReader.Null, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
