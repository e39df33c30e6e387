using System.Globalization;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Testing;

/// <summary>Reads files of unit tests. Reports all their mistakes and never throws for what they hold.</summary>
public static class RuleTestReader
{
    /// <summary>The end of the name of a file of unit tests: such files are no rule files.</summary>
    public const string FileSuffix = ".rulestest.yaml";

    /// <summary>Time between two ticks when the file does not say: as the server does it.</summary>
    public const long DefaultTickMs = 1_000;

    /// <summary>Where a test begins when it does not say: a Monday at midnight.</summary>
    public static readonly long DefaultStartMs = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>Null when the file is empty or no mapping; the reader has said so.</summary>
    public static RuleTestFile? Read(string path, string text, DiagnosticBag diagnostics)
    {
        var root = YamlDocument.Load(path, text, diagnostics);
        if (root is null)
        {
            // A file without any test passes for the wrong reason.
            diagnostics.Error(new SourceSpot(path, 1, 1), DiagnosticCodes.MissingKey, "there is no test in this file", "the keys rule_files and tests");
            return null;
        }

        return YamlMap.Of(root, "a file of rule tests", diagnostics) is { } map ? Read(path, map) : null;
    }

    private static RuleTestFile Read(string path, YamlMap file)
    {
        var rules = Scalars(file, "rule_files");
        var tickMs = file.DurationMs("evaluation_interval", DefaultTickMs, minMs: 10);
        var tests = file.RequiredMaps("tests", "a test").Select((test, index) => ReadTest(test, index, tickMs)).ToList();
        file.Finish();
        if (rules.Count == 0)
        {
            file.Diagnostics.Error(file.SpotOf("rule_files"), DiagnosticCodes.MissingKey, "the tests name no rule file", "rule_files: [file, …], relative to this file");
        }

        if (tests.Count == 0 && file.Has("tests"))
        {
            file.Diagnostics.Error(file.SpotOf("tests"), DiagnosticCodes.MissingKey, "there is no test in this file", "at least one test");
        }

        return new RuleTestFile(path, rules, tickMs, tests);
    }

    private static RuleTest ReadTest(YamlMap map, int index, long tickMs)
    {
        var name = map.String("name", $"test {index + 1}")!;
        var startMs = Start(map);
        var devices = TestInputReader.Devices(map);
        var intervalMs = map.DurationMs("interval", 1_000, minMs: 1);
        var test = new RuleTest
        {
            Name = name,
            Spot = map.Spot,
            StartMs = startMs,
            Devices = devices,
            Series = TestInputReader.Series(map, devices, intervalMs),
            Events = TestEventReader.Read(map, startMs),
            Rules = [.. Scalars(map, "rules").Select(rule => new RuleReference(rule.Text, rule.Spot))],
            Alerts = ExpectationReader.Alerts(map),
            Transitions = ExpectationReader.Transitions(map),
        };
        map.Finish();
        if (test.Alerts.Count == 0 && test.Transitions is null)
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, $"the test '{name}' expects nothing, so it cannot fail", "alert_rule_test or exp_transitions");
        }

        if (test.EndMs / tickMs > RuleTestLimits.MaxTicks)
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.OutOfRange, $"the test '{name}' lasts {DurationText.Format(test.EndMs)}", $"at most {RuleTestLimits.MaxTicks} times evaluation_interval");
        }

        return test;
    }

    private static long Start(YamlMap map)
    {
        if (map.Scalar("start") is not { } scalar)
        {
            return DefaultStartMs;
        }

        if (DateTimeOffset.TryParse(scalar.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)
            && start.Year is > 1970 and < 2200)
        {
            return start.ToUnixTimeMilliseconds();
        }

        map.Diagnostics.Error(scalar.Spot, DiagnosticCodes.InvalidValue, $"'start' is {scalar.Kind}", "a time such as 2026-01-05T08:00:00+08:00");
        return DefaultStartMs;
    }

    private static List<YamlScalar> Scalars(YamlMap map, string key)
    {
        var result = new List<YamlScalar>();
        foreach (var item in map.Node(key) switch { YamlSequence list => list.Items, { } single => [single], null => [] })
        {
            if (item is YamlScalar { IsNull: false } scalar)
            {
                result.Add(scalar);
            }
            else
            {
                map.Diagnostics.Error(item.Spot, DiagnosticCodes.WrongType, $"an entry of '{key}' is {item.Kind}", "a text");
            }
        }

        return result;
    }
}
