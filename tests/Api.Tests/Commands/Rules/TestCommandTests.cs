using System.Text.Json;
using Fengsui.Api.Commands;

namespace Fengsui.Api.Tests.Commands.Rules;

public sealed class TestCommandTests
{
    private const string Rules = """
        groups:
          - name: wh
            rules:
              - alert: Hot
                select: { type: sensor }
                expr: temperature > 30
                clear: temperature < 28
                for: 10s
                tier: general
                tiers: [{ tier: major, expr: temperature > 40 }]
                labels: { team: fire }
                annotations: { summary: "{{ device }} {{ value.temperature }}" }
              - alert: Silent
                select: { type: sensor }
                expr: absent(temperature, 30s)
                tier: significant
              - alert: Entered
                scope: zone
                select: { type: person }
                expr: persons_inside() > 0 and not permit_active()
                tier: major
        """;

    private const string Head = """
        rule_files: [rules.yaml]
        tests:
          - name: one
            devices: [{ id: d, type: sensor, zone: z }]
            input_series: [{ series: 'temperature{device="d"}', values: '20 31x11 41 29x2 27x40 _x35' }]

        """;

    [Fact]
    public async Task A_test_that_fits_passes_with_ticks_and_zones_and_all()
    {
        var (code, output, error) = await RunAsync(Head + """
                events:
                  - { at: 2s, person: ann, enters: pit }
                  - { at: 10s, zone: pit, permit: { id: P, until: 1m } }
                alert_rule_test:
                  - { eval_time: 10s, alert: Hot }
                  - { eval_time: 11s, alert: Hot, exp_alerts: [{ device: d, tier: general, exp_labels: { team: fire }, exp_annotations: { summary: d 31 } }] }
                  - { eval_time: 13s, alert: Hot, exp_alerts: [{ device: d, tier: major }] }
                  - { eval_time: 1m26s, alert: Silent }
                  - { eval_time: 1m27s, alert: Silent, exp_alerts: [{ device: d, tier: significant }] }
                  - { eval_time: 5s, alert: Entered, exp_alerts: [{ zone: pit, tier: major }] }
                  - { eval_time: 12s, alert: Entered }
                rules: [Hot]
                exp_transitions:
                  - { at: 1s, alert: Hot, device: d, state: pending }
                  - { at: 11s, alert: Hot, device: d, state: firing, tier: general }
                  - { at: 13s, alert: Hot, device: d, state: tier-changed, tier: major }
                  - { at: 14s, alert: Hot, device: d, state: tier-changed, tier: general }
                  - { at: 17s, alert: Hot, device: d, state: resolved }
            """);

        Assert.Equal((ExitCodes.Ok, ""), (code, error));
        Assert.EndsWith("1 of 1 passed\n1 passed, 0 failed\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_differs_is_aligned()
    {
        var (code, output, _) = await RunAsync(Head + """
                alert_rule_test:
                  - { eval_time: 13s, alert: Hot, exp_alerts: [{ device: d, tier: major, exp_annotations: { summary: d 40 } }] }
                rules: [Hot]
                exp_transitions:
                  - { at: 11s, alert: Hot, device: d, state: firing, tier: general }
                  - { at: 14s, alert: Hot, device: d, state: tier-changed, tier: general }
                  - { at: 16s, alert: Hot, device: d, state: resolved }
            """);

        Assert.Equal(ExitCodes.Failure, code);
        Assert.Equal(
            """
            t.rulestest.yaml:3: one
              t.rulestest.yaml:7: at 13s, alerts of wh/Hot:
                - expected   + got
                  d  major
                -     summary: "d 40"
                +     summary: "d 41"
              t.rulestest.yaml:3: transitions:
                - expected   + got
                  11s      wh/Hot  d  firing general
                + 13s      wh/Hot  d  tier-changed major
                  14s      wh/Hot  d  tier-changed general
                - 16s      wh/Hot  d  resolved
                + 17s      wh/Hot  d  resolved general
            0 passed, 1 failed

            """,
            output[(output.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }

    [Fact]
    public async Task Colour_is_for_terminals()
    {
        var (_, output, _) = await RunAsync(Head + "    exp_transitions: []\n");

        Assert.DoesNotContain('\e', output);
    }

    [Fact]
    public async Task Results_are_one_object_in_json_and_a_file_for_build_servers()
    {
        using var folder = new TemporaryDirectory();
        folder.Write("rules.yaml", Rules);
        folder.Write("t.rulestest.yaml", Head + "    rules: [Hot]\n    exp_transitions: []\n");
        var (code, output, _) = await RulesCommandLine.RunAsync("test", folder["t.rulestest.yaml"], "--json", "--junit", folder["j.xml"]);
        using var json = JsonDocument.Parse(output);
        var failure = json.RootElement.GetProperty("tests")[0].GetProperty("failures")[0];
        var xml = System.Xml.Linq.XDocument.Load(folder["j.xml"]);

        Assert.Equal((ExitCodes.Failure, 0, 1), (code, json.RootElement.GetProperty("passed").GetInt32(), json.RootElement.GetProperty("failed").GetInt32()));
        Assert.Equal(("got", "11s      wh/Hot  d  firing general"), (failure.GetProperty("diff")[0].GetProperty("side").GetString(), failure.GetProperty("diff")[0].GetProperty("text").GetString()));
        Assert.Equal("1", xml.Root!.Element("testsuite")!.Attribute("failures")!.Value);
        Assert.Contains("+ 11s      wh/Hot  d  firing general", xml.Root.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rule_files: [nothing.yaml]\ntests: [{ exp_transitions: [] }]", "t.rulestest.yaml:1:14: error invalid-value: there is no rule file 'nothing.yaml'")]
    [InlineData("rule_files: ['*.yaml']\ntests: [{ exp_transitions: [], rules: [Hott] }]", "t.rulestest.yaml:2:40: error invalid-value: the rule files have no rule 'Hott'; did you mean 'Hot'?")]
    [InlineData("rule_files: [rules.yaml]\ntests: [{ exp_transitions: [], rules: [wh/Hor] }]", "t.rulestest.yaml:2:40: error invalid-value: the rule files have no rule 'wh/Hor'; did you mean 'wh/Hot'?")]
    [InlineData("rule_files: [rules.yaml]\ntests: [{}]", "t.rulestest.yaml:2:9: error missing-key: the test 'test 1' expects nothing")]
    public async Task A_file_that_is_wrong_is_said_with_its_place(string text, string expected)
    {
        var (code, _, error) = await RunAsync(text);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_file_that_is_wrong_is_said_with_its_place()
    {
        using var folder = new TemporaryDirectory();
        folder.Write("rules.yaml", "groups: [{ name: g, rules: [{ alert: A, tier: general, expr: x > }] }]");
        folder.Write("t.rulestest.yaml", "rule_files: [rules.yaml]\ntests: [{ exp_transitions: [] }]");
        var (code, _, error) = await RulesCommandLine.RunAsync("test", folder["t.rulestest.yaml"]);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains("rules.yaml:1:", error, StringComparison.Ordinal);
        Assert.Contains("expr-syntax", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_folder_every_file_of_tests_is_run()
    {
        using var folder = new TemporaryDirectory();
        folder.Write("rules.yaml", Rules);
        folder.Write("a.rulestest.yaml", "rule_files: [rules.yaml]\ntests: [{ exp_transitions: [] }]");
        folder.Write("b/b.rulestest.yaml", "rule_files: [../rules.yaml]\ntests: [{ exp_transitions: [] }, { exp_transitions: [] }]");
        var (code, output, _) = await RulesCommandLine.RunAsync("test", folder["."]);

        Assert.Equal(ExitCodes.Ok, code);
        Assert.EndsWith("3 passed, 0 failed\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_packs_pass_their_unit_tests()
    {
        var (code, output, error) = await RulesCommandLine.RunAsync("test", Repository.File("config/rules"));

        Assert.True(code == ExitCodes.Ok, output + error);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string tests)
    {
        using var folder = new TemporaryDirectory();
        folder.Write("rules.yaml", Rules);
        folder.Write("t.rulestest.yaml", tests);
        var (code, output, error) = await RulesCommandLine.RunAsync("test", folder["t.rulestest.yaml"]);
        return (code, output.Replace(folder[""] + "/", "", StringComparison.Ordinal), error.Replace(folder[""] + "/", "", StringComparison.Ordinal));
    }
}
