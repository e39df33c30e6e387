using Fengsui.Rules.Import;
using Fengsui.Rules.Import.ThingsBoard;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Rules.Tests.Import;

public sealed class ThingsBoardImportTests
{
    private const string Above30 = """[{ "key": { "type": "TIME_SERIES", "key": "temperature" }, "predicate": { "type": "NUMERIC", "operation": "GREATER", "value": { "defaultValue": 30.5 } } }]""";
    private const string Below25 = """[{ "key": { "type": "TIME_SERIES", "key": "temperature" }, "predicate": { "type": "NUMERIC", "operation": "LESS", "value": { "defaultValue": 25 } } }]""";
    private const string Clear = $$"""{ "condition": { "condition": {{Below25}}, "spec": { "type": "SIMPLE" } } }""";

    [Fact]
    public void Carries_severities_duration_and_clear_over()
    {
        var result = Import($$"""
            { "alarmType": "High Temperature",
              "createRules": {
                "CRITICAL": { "condition": { "condition": {{Above30}}, "spec": { "type": "DURATION", "unit": "MINUTES", "predicate": { "defaultValue": 5 } } }, "alarmDetails": "at ${temperature} °C" },
                "MINOR": { "condition": { "condition": {{Above30}}, "spec": { "type": "SIMPLE" } } } },
              "clearRule": {{Clear}} }
            """);
        var rule = Assert.Single(Parse(result).Rules);

        Assert.Empty(result.Notes);
        Assert.Equal("Thermostat/High Temperature", rule.Id);
        Assert.Equal(["Thermostat"], rule.Selector.Types);
        Assert.Equal([(Tier.General, 0L, "temperature > 30.5"), (Tier.Major, 300_000L, "temperature > 30.5")], rule.Levels.Select(level => (level.Tier, level.ForMs, level.Expression)));
        Assert.Equal("temperature < 25", rule.Levels[0].ClearExpression);
        Assert.Equal("at {{ value.temperature }} °C", rule.Annotations["summary"].Source);
    }

    [Theory]
    [InlineData("""{ "type": "NUMERIC", "operation": "LESS_OR_EQUAL", "value": { "defaultValue": 3, "userValue": 4 } }""", "m <= 4")]
    [InlineData("""{ "type": "BOOLEAN", "operation": "NOT_EQUAL", "value": { "defaultValue": true } }""", "m != true")]
    [InlineData("""{ "type": "COMPLEX", "operation": "OR", "predicates": [{ "type": "NUMERIC", "operation": "GREATER", "value": { "defaultValue": 3 } }, { "type": "NUMERIC", "operation": "LESS", "value": { "defaultValue": -1.5 } }] }""", "(m > 3 or m < -1.5)")]
    [InlineData("""{ "type": "NUMERIC", "operation": "GREATER", "value": { "defaultValue": 3, "dynamicValue": { "sourceType": "CURRENT_DEVICE", "sourceAttribute": "limit" } } }""", "m > labels.limit")]
    public void Carries_a_predicate_over(string predicate, string expected) =>
        Assert.Equal(expected, Assert.Single(Parse(ImportCondition(predicate)).Rules).Levels[0].Expression);

    [Fact]
    public void Repeated_conditions_become_n_of_m()
    {
        var result = Import(Alarm(Above30, """{ "type": "REPEATING", "predicate": { "defaultValue": 3 } }""", "null"));

        Assert.Equal("n_of_m(3, 3, temperature > 30.5)", Assert.Single(Parse(result).Rules).Levels[0].Expression);
    }

    [Theory]
    [InlineData("""{ "type": "ANY_TIME" }""", "temperature > 30.5")]
    [InlineData("""{ "type": "SPECIFIC_TIME", "timezone": "Asia/Shanghai", "daysOfWeek": [1, 5], "startsOn": 64800000, "endsOn": 21600000 }""", "during(\"times-1\") and (temperature > 30.5)")]
    [InlineData("""{ "type": "CUSTOM", "timezone": "Asia/Shanghai", "items": [{ "enabled": true, "dayOfWeek": 2, "startsOn": 0, "endsOn": 0 }, { "enabled": false, "dayOfWeek": 3, "startsOn": 0, "endsOn": 0 }] }""", "during(\"times-1\") and (temperature > 30.5)")]
    public void Carries_a_schedule_over(string schedule, string expected)
    {
        var result = Import(Alarm(Above30, """{ "type": "SIMPLE" }""", schedule));

        Assert.Equal(expected, Assert.Single(Parse(result).Rules).Levels[0].Expression);
        Assert.False(result.HasLosses);
    }

    [Fact]
    public void Equal_schedules_are_one()
    {
        const string Schedule = """{ "type": "SPECIFIC_TIME", "timezone": "UTC", "daysOfWeek": [6], "startsOn": 0, "endsOn": 3600000 }""";
        var result = Import(Alarm(Above30, """{ "type": "SIMPLE" }""", Schedule) + "," + Alarm(Below25, """{ "type": "SIMPLE" }""", Schedule));

        Assert.Equal(2, Parse(result).Rules.Count);
        Assert.DoesNotContain("times-2", result.Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alarm_that_nothing_clears_holds_until_it_is_reset()
    {
        var result = Import(Alarm(Above30, """{ "type": "SIMPLE" }""", "null"));

        Assert.Contains("        latch: true\n", result.Yaml, StringComparison.Ordinal);
        Assert.Single(Parse(result).Rules);
    }

    [Theory]
    [InlineData("""{ "type": "STRING", "operation": "EQUAL", "value": { "defaultValue": "bad" } }""", "predicate.type: left out: A: a condition of type STRING: metrics are numbers")]
    [InlineData("""{ "type": "NUMERIC", "operation": "IN", "value": { "defaultValue": 1 } }""", "predicate.operation: left out: A: the operation IN")]
    [InlineData("""{ "type": "NUMERIC", "operation": "EQUAL", "value": { "defaultValue": null } }""", "predicate.value: left out: A: a comparison without a number")]
    public void Says_by_path_what_is_left_out(string predicate, string expected)
    {
        var result = ImportCondition(predicate);

        Assert.Equal(
            ["profileData.alarms[0].createRules.MAJOR.condition.condition[0]." + expected, "profileData.alarms[0]: left out: A: no severity of it could be carried over"],
            result.Notes.Select(note => note.ToString()));
        Assert.Empty(Parse(result).Rules);
    }

    [Fact]
    public void Two_severities_of_one_tier_are_said_and_can_be_told_apart()
    {
        var alarm = $$"""{ "alarmType": "A", "createRules": { "WARNING": { "condition": { "condition": {{Above30}} } }, "MINOR": { "condition": { "condition": {{Above30}} } } }, "clearRule": {{Clear}} }""";
        var severities = new SeverityMap();
        severities.TrySet("MINOR=significant");

        Assert.Contains("--severity MINOR=…", Import(alarm).Notes.Single(note => note.IsLoss).Message, StringComparison.Ordinal);
        Assert.Empty(Import(alarm, severities).Notes);
    }

    [Theory]
    [InlineData("{", 1, "this is not JSON")]
    [InlineData("{}", 1, "this is not a device profile")]
    [InlineData("[]", 1, "this is not a device profile")]
    [InlineData("{\n \"a\": x }", 2, "this is not JSON")]
    public void A_file_that_cannot_be_read_is_said_with_its_place(string text, int line, string message)
    {
        var result = ThingsBoardImporter.Import("p.json", text, new SeverityMap());

        Assert.Null(result.Yaml);
        Assert.Equal((line, message), (result.Mistakes[0].Line, result.Mistakes[0].Message));
    }

    private static string Alarm(string condition, string spec, string schedule) =>
        $$"""{ "alarmType": "A", "createRules": { "MAJOR": { "condition": { "condition": {{condition}}, "spec": {{spec}} }, "schedule": {{schedule}} } }, "clearRule": null }""";

    private static ImportResult ImportCondition(string predicate) =>
        Import(Alarm($$"""[{ "key": { "type": "TIME_SERIES", "key": "m" }, "predicate": {{predicate}} }]""", """{ "type": "SIMPLE" }""", "null"));

    private static ImportResult Import(string alarms, SeverityMap? severities = null) =>
        ThingsBoardImporter.Import("p.json", $$"""{ "name": "Thermostat", "profileData": { "alarms": [{{alarms}}] } }""", severities ?? new SeverityMap());

    private static RuleSet Parse(ImportResult result)
    {
        Assert.NotNull(result.Yaml);
        var parsed = RuleSet.Parse([new RuleFile("imported.yaml", result.Yaml)]);
        Assert.True(parsed.RuleSet is not null, string.Join('\n', parsed.Diagnostics));
        return parsed.RuleSet;
    }
}
