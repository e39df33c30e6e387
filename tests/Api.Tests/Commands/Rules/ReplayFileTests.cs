using System.Text.Json;
using System.Xml.Linq;
using Fengsui.Api.Commands;
using Fengsui.Devices.Alerts;

namespace Fengsui.Api.Tests.Commands.Rules;

public sealed class ReplayFileTests : IDisposable
{
    private const string Rules = """
        groups:
          - name: g
            rules:
              - { alert: Hot, select: { type: probe }, expr: temperature > 30 °C, tier: general, tiers: [{ tier: major, expr: temperature > 50 °C }] }
              - { alert: Silent, expr: "absent(temperature, 10s)", tier: general }
        """;

    private const string Csv = """
        time,device,metric,value,quality
        2026-05-01T08:00:00Z,p1,temperature,20,
        2026-05-01T08:00:00Z,p1,humidity,20,
        2026-05-01T08:00:02Z,p1,temperature,35,good
        2026-05-01T08:00:03Z,p1,temperature,99,bad
        2026-05-01T08:00:04Z,p1,temperature,55,
        2026-05-01T08:00:06Z,p1,temperature,20,
        2026-05-01T08:00:30Z,p1,humidity,20,
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();

    public ReplayFileTests()
    {
        Write("config/rules/r.yaml", Rules);
        Write("config/devices/d.yaml", "devices:\n  - { id: p1, type: probe, zone: hall }\n");
    }

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_csv_file_shows_what_would_have_fired()
    {
        var file = Write("readings.csv", Csv);
        var (code, output, error) = await ReplayAsync(file, "--json");
        Assert.Equal((ExitCodes.Ok, ""), (code, error));
        var result = JsonDocument.Parse(output).RootElement;
        Assert.Equal((7 - 1, false), (result.GetProperty("rows").GetInt32(), result.GetProperty("compared").GetBoolean()));
        var alerts = result.GetProperty("rules").EnumerateArray().ToDictionary(
            rule => rule.GetProperty("rule").GetString()!, rule => rule.GetProperty("would").EnumerateArray().ToArray());
        var hot = Assert.Single(alerts["g/Hot"]);
        Assert.Equal(("p1", "hall", "major"), (hot.GetProperty("device").GetString(), hot.GetProperty("zone").GetString(), hot.GetProperty("tier").GetString()));
        Assert.Equal("2026-05-01T08:00:02.000Z", hot.GetProperty("fired").GetString());
        Assert.Equal("2026-05-01T08:00:06.000Z", hot.GetProperty("ended").GetString());
        Assert.Equal("2026-05-01T08:00:16.000Z", Assert.Single(alerts["g/Silent"]).GetProperty("fired").GetString());
    }

    [Fact]
    public async Task The_same_readings_as_json_lines_give_the_same()
    {
        var lines = """
            {"device":"p1","ts":1777622400000,"temperature":20,"humidity":20}
            {"ts":1777622402000,"device":"p1","values":{"temperature":35}}
            {"device":"p1","ts":1777622404,"temperature":55}
            {"device":"p1","ts":1777622406000,"temperature":20}
            {"device":"p1","ts":1777622430000,"humidity":20}
            """;
        var (_, fromCsv, _) = await ReplayAsync(Write("readings.csv", Csv));
        var (code, fromJson, error) = await ReplayAsync(Write("readings.jsonl", lines));
        Assert.Equal((ExitCodes.Ok, ""), (code, error));
        Assert.Equal(fromCsv.Split('\n').Where(line => line.StartsWith("g/", StringComparison.Ordinal)), fromJson.Split('\n').Where(line => line.StartsWith("g/", StringComparison.Ordinal)));
        Assert.Contains("g/Hot", fromJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_line_that_cannot_be_used_is_named()
    {
        var file = Write("readings.csv", "time,device,metric,value\nyesterday,p1,temperature,1\n2026-05-01T08:00:00Z,p1,temperature,warm\n2026-05-01T08:00:00Z,,temperature,1\n1,2\n");
        var (code, output, error) = await ReplayAsync(file);
        Assert.Equal((ExitCodes.Usage, ""), (code, output));
        Assert.Equal([":2: 'yes", ":3: 'war", ":4: devi", ":5: 2 fi"], error.Split('\n').Take(4).Select(line => line[file.Length..][..8]));

        (code, _, error) = await ReplayAsync(Write("headless.csv", "2026-05-01T08:00:00Z,p1,temperature,1\n"));
        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains("missing: time, device, metric, value", error, StringComparison.Ordinal);

        (code, _, error) = await ReplayAsync(Write("bad.jsonl", "{\"device\":\"p1\",\"temperature\":1}\n{\"ts\":1}\nx\n"));
        Assert.Equal(ExitCodes.Usage, code);
        Assert.Equal([1, 2, 3], error.Split('\n').Take(3).Select(line => int.Parse(line.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Rules_with_mistakes_are_told_with_their_places()
    {
        Write("config/rules/r.yaml", Rules.Replace("temperature > 30", "temperatur >> 30", StringComparison.Ordinal));
        var (code, output, error) = await ReplayAsync(Write("readings.csv", Csv));
        Assert.Equal((ExitCodes.Usage, ""), (code, output));
        Assert.Contains("rules/r.yaml:4:", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--file nowhere.csv")]
    [InlineData("--data nowhere")]
    [InlineData("--from soon --data .")]
    [InlineData("--from 2026-05-02T00:00:00Z --to 2026-05-01T00:00:00Z")]
    [InlineData("--from 2020 --data .")]
    [InlineData("--file readings.csv --plot nowhere/plot.svg")]
    [InlineData("--file readings.csv --alerts nowhere/alerts.jsonl")]
    [InlineData("--warm-up long")]
    [InlineData("--file readings.csv --from 2026-05-01T00:00:00Z")]
    public async Task What_is_asked_wrongly_is_a_readable_line_and_code_2(string arguments)
    {
        var (code, output, error) = await RunAsync(["rules", "replay", "--rules", Path.Combine(_directory.FullName, "config"), .. arguments.Split(' ')]);
        Assert.Equal((ExitCodes.Usage, ""), (code, output));
        Assert.StartsWith("fengsui: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plot_is_a_picture_with_a_lane_for_each_rule_and_device_and_a_bound()
    {
        var rows = Enumerable.Range(0, 80).SelectMany(i => new[] { $"2026-05-01T08:00:00Z,d{i},temperature,1,", $"2026-05-01T08:00:20Z,d{i},humidity,1," });
        var file = Write("many.csv", "time,device,metric,value,quality\n" + string.Join('\n', rows.Order(StringComparer.Ordinal)));
        var plot = Path.Combine(_directory.FullName, "plot.svg");
        var (code, _, error) = await ReplayAsync(file, "--plot", plot);
        Assert.Equal((ExitCodes.Ok, ""), (code, error));
        var svg = XDocument.Load(plot).Root!;
        var texts = svg.Descendants().Where(node => node.Name.LocalName == "text").Select(node => node.Value).ToList();
        Assert.Equal(60, texts.Count(text => text == "g/Silent"));
        Assert.Contains("21 more lanes are left out; --json has all", texts);
        Assert.Contains("cross-border", texts);
        Assert.Contains(svg.Descendants(), node => node.Name.LocalName == "title" && node.Value.Contains("would fire", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_the_plot_a_rule_with_many_devices_leaves_room_for_the_others()
    {
        var rows = Enumerable.Range(0, 80).SelectMany(i => new[] { $"2026-05-01T08:00:00Z,d{i},temperature,1,", $"2026-05-01T08:00:20Z,d{i},humidity,1," });
        var file = Write("many.csv", "time,device,metric,value,quality\n2026-05-01T08:00:00Z,p1,temperature,40,\n" + string.Join('\n', rows.Order(StringComparer.Ordinal)));
        Write("config/rules/r.yaml", Rules.Replace("alert: Hot", "alert: Zzz", StringComparison.Ordinal));
        var plot = Path.Combine(_directory.FullName, "plot.svg");
        await ReplayAsync(file, "--plot", plot);
        var texts = XDocument.Load(plot).Root!.Descendants().Where(node => node.Name.LocalName == "text").Select(node => node.Value).ToList();
        Assert.Equal((59, 1), (texts.Count(text => text == "g/Silent"), texts.Count(text => text == "g/Zzz")));
    }

    [Fact]
    public async Task The_alerts_can_be_written_as_an_alert_log()
    {
        var log = Path.Combine(_directory.FullName, "alerts.jsonl");
        var (code, _, error) = await ReplayAsync(Write("readings.csv", Csv), "--alerts", log);
        Assert.Equal((ExitCodes.Ok, ""), (code, error));
        Assert.Equal(["firing", "tier-changed", "resolved", "firing"], AlertLogFile.ReadTransitions(_directory.FullName).Select(alert => alert.State.Name()));
    }

    private Task<(int Code, string Output, string Error)> ReplayAsync(string file, params string[] more) =>
        RunAsync(["rules", "replay", "--rules", Path.Combine(_directory.FullName, "config"), "--file", file, .. more]);

    private static async Task<(int Code, string Output, string Error)> RunAsync(IReadOnlyList<string> arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, TextReader.Null, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private string Write(string path, string text)
    {
        var full = Path.Combine(_directory.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }
}
