using Fengsui.Api.Commands;

namespace Fengsui.Api.Tests.Commands.Rules;

public sealed class CheckRulesCommandTests
{
    private const string Clean = "groups: [{ name: g, rules: [{ alert: A, tier: general, expr: lel > 20 %LEL }] }]";
    private const string Above = "groups: [{ name: g, rules: [{ alert: A, tier: general, expr: lel > 30 %LEL }] }]";
    private const string Useless = "groups: [{ name: g, rules: [{ alert: A, tier: general, expr: x > 3, max_gap: 1s }] }]";
    private const string Wrong = "groups: [{ name: g, rules: [{ alert: A, tier: generl, expr: x >> 3 }] }]";

    [Theory]
    [InlineData(Clean, false, ExitCodes.Ok, "1 file: 0 errors, 0 warnings")]
    [InlineData(Clean, true, ExitCodes.Ok, "1 file: 0 errors, 0 warnings")]
    [InlineData(Above, false, ExitCodes.Ok, "1 file: 0 errors, 1 warning")]
    [InlineData(Above, true, ExitCodes.Usage, "1 file: 1 error, 0 warnings")]
    [InlineData(Useless, false, ExitCodes.Ok, "1 file: 0 errors, 1 warning")]
    [InlineData(Useless, true, ExitCodes.Failure, "1 file: 0 errors, 1 warning")]
    [InlineData(Wrong, false, ExitCodes.Usage, "1 file: 2 errors, 0 warnings")]
    public async Task The_exit_code_and_the_last_line_say_what_was_found(string rules, bool isStrict, int code, string last)
    {
        using var folder = new TemporaryDirectory();
        folder.Write("r.yaml", rules);
        var (exit, output, _) = await RulesCommandLine.RunAsync(["check", folder["r.yaml"], .. isStrict ? (string[])["--strict"] : []]);

        Assert.Equal((code, last), (exit, output.TrimEnd().Split('\n')[^1]));
    }

    [Fact]
    public async Task Mistakes_are_lines_on_the_error_output_and_one_object_in_json()
    {
        using var folder = new TemporaryDirectory();
        folder.Write("r.yaml", Wrong);
        var (_, _, error) = await RulesCommandLine.RunAsync("check", folder["r.yaml"]);
        var (_, json, _) = await RulesCommandLine.RunAsync("check", folder["r.yaml"], "--json");

        Assert.StartsWith($"{folder["r.yaml"]}:1:47: error invalid-value: 'tier' is 'generl'; did you mean 'general'? (expected ", error, StringComparison.Ordinal);
        using var document = System.Text.Json.JsonDocument.Parse(json);
        var first = document.RootElement.GetProperty("diagnostics")[0];
        Assert.Equal(("invalid-value", 1, 47), (first.GetProperty("code").GetString(), first.GetProperty("line").GetInt32(), first.GetProperty("column").GetInt32()));
        Assert.Equal(2, document.RootElement.GetProperty("errors").GetInt32());
    }

    [Fact]
    public async Task Devices_of_the_configuration_and_the_provisioned_type_are_known()
    {
        using var folder = new TemporaryDirectory();
        folder.Write("c/devices/d.yaml", "devices: [{ id: d, type: gas-detector }]");
        folder.Write("c/fengsui.yaml", "devices: { provisioning: { default_type: portable } }");
        folder.Write("c/rules/r.yaml", """
            groups:
              - name: g
                rules:
                  - { alert: A, tier: general, expr: x > 3, select: { type: gas-detector } }
                  - { alert: B, tier: general, expr: x > 3, select: { type: portable } }
                  - { alert: C, tier: general, expr: x > 3, select: { type: gas-detecter } }
            """);
        var (code, output, _) = await RulesCommandLine.RunAsync("check", "--config", folder["c"]);

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Equal(
            $"{Path.Combine(folder["c"], "rules/r.yaml")}:6:57: warning selects-nothing: 'g/C' selects no device: no device is of type 'gas-detecter'; did you mean 'gas-detector'?\n1 file: 0 errors, 1 warning\n",
            output);
    }

    [Fact]
    public async Task The_bytes_of_each_rule_are_told_before_the_first_reading()
    {
        using var folder = new TemporaryDirectory();
        folder.Write("c/devices/d.yaml", "devices: [{ id: d, type: gas-detector, labels: { area: east } }]");
        folder.Write("c/fengsui.yaml", "devices: { provisioning: { default_type: portable } }");
        folder.Write("c/rules/r.yaml", """
            groups:
              - name: g
                rules:
                  - { alert: Plain, tier: general, expr: co > 30 ppm }
                  - { alert: Same, tier: general, expr: stel(co) > 30 ppm, select: { type: gas-detector } }
                  - { alert: Stel, tier: general, expr: stel(co) > 40 ppm, select: { type: gas-detector } }
                  - { alert: Off, tier: general, expr: co > 30 ppm, disabled: true }
            """);
        var (_, output, _) = await RulesCommandLine.RunAsync("check", "--config", folder["c"], "--state");
        var (_, json, _) = await RulesCommandLine.RunAsync("check", "--config", folder["c"], "--json");

        using var document = System.Text.Json.JsonDocument.Parse(json);
        var state = document.RootElement.GetProperty("state");
        var rules = state.GetProperty("rules").EnumerateArray().Select(rule => (Name: rule.GetProperty("rule").GetString(), Bytes: rule.GetProperty("bytes").GetInt32(), Functions: rule.GetProperty("function_bytes").GetInt32())).ToList();
        Assert.Equal(["g/Plain", "g/Same", "g/Stel"], rules.Select(rule => rule.Name));
        Assert.Equal(0, rules[0].Functions);
        Assert.InRange(rules[1].Functions, 90 * 3 * 8, 100 * 3 * 8);
        var devices = state.GetProperty("devices").EnumerateArray().ToDictionary(one => one.GetProperty("devices").GetString()!, one => one.GetProperty("bytes").GetInt32());
        Assert.True(devices["gas-detector area=east"] < rules[1].Bytes + rules[2].Bytes);
        Assert.Equal(rules[0].Bytes, devices["portable"]);
        Assert.Contains(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"g/Stel   {rules[2].Bytes:N0}"), output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standards_count_as_of_a_day()
    {
        using var folder = new TemporaryDirectory();
        folder.Write("r.yaml", "groups: [{ name: g, rules: [{ alert: A, tier: general, expr: lel > 20, labels: { standard: GB 46768-2025 } }] }]");
        var (_, before, _) = await RulesCommandLine.RunAsync("check", folder["r.yaml"], "--as-of", "2026-04-30");
        var (_, after, _) = await RulesCommandLine.RunAsync("check", folder["r.yaml"], "--as-of", "2026-05-01");

        Assert.Contains("not-in-force", before, StringComparison.Ordinal);
        Assert.Contains("above-ceiling", after, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check no-such.yaml")]
    [InlineData("check --config no-such-directory")]
    [InlineData("check --as-of yesterday")]
    public async Task What_is_not_there_is_a_readable_line_and_code_2(string line)
    {
        var (code, _, error) = await RulesCommandLine.RunAsync(line.Split(' '));

        Assert.Equal(ExitCodes.Usage, code);
        Assert.StartsWith("fengsui: ", error, StringComparison.Ordinal);
    }
}
