using Fengsui.Rules.Schema;
using Fengsui.Rules.Tests.Scripts;
using NJsonSchema;
using Xunit;

namespace Fengsui.Rules.Tests.Schema;

/// <summary>Good and bad files, judged by a validator of JSON Schema that is not ours.</summary>
public sealed class SchemaValidationTests
{
    private const string Rule = "alert: A, tier: general, expr: a > 1";

    public static TheoryData<string> RuleFiles { get; } = [.. Files("config/rules", "*.yaml").Where(path => !path.EndsWith(".rulestest.yaml", StringComparison.Ordinal))];

    public static TheoryData<string> TestFiles { get; } = [.. Files("config/rules", "*.rulestest.yaml")];

    public static TheoryData<string> DeviceFiles { get; } = [.. Files("config/devices", "*.yaml")];

    [Theory]
    [MemberData(nameof(RuleFiles))]
    public Task The_packs_are_valid(string path) => AssertValid("rules", File.ReadAllText(path));

    [Fact]
    public Task A_file_with_every_key_is_valid() => AssertValid("rules", File.ReadAllText(RepositoryFiles.PathOf("tests/Rules.Tests/Fixtures/valid.yaml")));

    [Theory]
    [MemberData(nameof(TestFiles))]
    public Task The_unit_tests_of_the_packs_are_valid(string path) => AssertValid("tests", File.ReadAllText(path));

    [Theory]
    [MemberData(nameof(DeviceFiles))]
    public Task The_device_files_are_valid(string path) => AssertValid("devices", File.ReadAllText(path));

    [Theory]
    [InlineData("alert: A, tier: general", "expr")]
    [InlineData(Rule + ", exprr: a > 1", "exprr")]
    [InlineData("alert: A, tier: generl, expr: a > 1", "tier")]
    [InlineData("alert: A/B, tier: general, expr: a > 1", "alert")]
    [InlineData(Rule + ", for: 30", "for")]
    [InlineData(Rule + ", for: 30 s", "for")]
    [InlineData(Rule + ", for: 5s1m", "for")]
    [InlineData(Rule + ", for: m", "for")]
    [InlineData(Rule + ", unknown: alert", "unknown")]
    [InlineData(Rule + ", disabled: yes", "disabled")]
    [InlineData(Rule + ", select: gas-detector", "select")]
    [InlineData(Rule + ", select: { kind: x }", "kind")]
    [InlineData(Rule + ", tiers: [{ tier: major }]", "expr")]
    [InlineData(Rule + ", tiers: { tier: major, expr: a > 2 }", "tiers")]
    [InlineData(Rule + ", labels: { a: [1, 2] }", "a")]
    [InlineData(Rule + ", scope: building", "scope")]
    public async Task A_rule_that_is_wrong_is_underlined_and_the_reader_refuses_it_too(string rule, string at)
    {
        var text = $"groups: [{{ name: g, rules: [{{ {rule} }}] }}]";

        Assert.Contains(await Mistakes("rules", text), mistake => mistake.EndsWith(at, StringComparison.Ordinal));
        Assert.Contains(RuleSet.Parse([new RuleFile("r.yaml", text)]).Diagnostics, one => one.Severity == Severity.Error);
    }

    [Theory]
    [InlineData(Rule + ", for: 0")]
    [InlineData(Rule + ", for: 1d2h3m4s5ms, max_gap: 100ms, clear: false, disabled: \"true\"")]
    [InlineData(Rule + ", labels: { class: 3, hot: true }, select: { type: [a, b], labels: { class: [3, 4.1] } }")]
    [InlineData(Rule + ", scope: device, max_age: 5m, shadow: true, latch: true, unknown: alarm")]
    public async Task What_the_reader_takes_is_not_underlined(string rule)
    {
        var text = $"groups: [{{ name: g, rules: [{{ {rule} }}] }}]";

        Assert.NotNull(RuleSet.Parse([new RuleFile("r.yaml", text)]).RuleSet);
        await AssertValid("rules", text);
    }

    [Theory]
    [InlineData("rule_files: [a]", "tests")]
    [InlineData("rule_files: [a], tests: [{ name: x }]", "tests[0]")]
    [InlineData("rule_files: [a], tests: [{ exp_transitions: [{ at: 1s, rule: r, device: d, state: fired }] }]", "state")]
    [InlineData("rule_files: [a], tests: [{ exp_transitions: [], input_series: [{ device: d, values: 1 }] }]", "input_series[0]")]
    [InlineData("rule_files: [a], tests: [{ alert_rule_test: [{ eval_time: 5, rule: r }] }]", "eval_time")]
    public async Task A_test_file_that_is_wrong_is_underlined(string text, string at) =>
        Assert.Contains(await Mistakes("tests", $"{{ {text} }}"), mistake => mistake.EndsWith(at, StringComparison.Ordinal));

    [Fact]
    public void Every_key_is_described_for_who_hovers_over_it()
    {
        foreach (var kind in ConfigurationSchema.Kinds)
        {
            var json = System.Text.Json.JsonDocument.Parse(ConfigurationSchema.ToJson(kind));
            var mappings = json.RootElement.GetProperty("definitions").EnumerateObject().Select(one => one.Value).Prepend(json.RootElement);
            Assert.All(
                mappings.SelectMany(mapping => mapping.GetProperty("properties").EnumerateObject()),
                key => Assert.NotEmpty(key.Value.GetProperty("description").GetString()!));
        }
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.GetFiles(RepositoryFiles.PathOf(folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static async Task AssertValid(string kind, string text) => Assert.Empty(await Mistakes(kind, text));

    private static async Task<IReadOnlyList<string>> Mistakes(string kind, string text)
    {
        var schema = await JsonSchema.FromJsonAsync(ConfigurationSchema.ToJson(kind));
        return [.. schema.Validate(YamlAsJson.Read(text)).SelectMany(Flat).Select(error => $"{error.Kind} {error.Path}")];
    }

    private static IEnumerable<NJsonSchema.Validation.ValidationError> Flat(NJsonSchema.Validation.ValidationError error) =>
        error is NJsonSchema.Validation.ChildSchemaValidationError child ? child.Errors.Values.SelectMany(one => one).SelectMany(Flat).Prepend(error) : [error];
}
