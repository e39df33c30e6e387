using System.Text.RegularExpressions;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Schema;
using Fengsui.Rules.Testing;
using Xunit;

namespace Fengsui.Rules.Tests.Schema;

/// <summary>The readers tell which keys they know when they meet one that they do not: those must be the schema's, and no others.</summary>
public sealed partial class SchemaKeyTests
{
    /// <summary>Every mapping of a rule file, each with a key that nobody knows.</summary>
    private const string Rules = """
        zzz: 1
        groups:
          - name: g
            zzz: 1
            rules:
              - alert: A
                zzz: 1
                tier: general
                expr: a > 1
                select: { zzz: 1 }
                tiers: [{ tier: major, expr: a > 2, zzz: 1 }]
        metrics: { a: { zzz: 1 } }
        setpoints: { t: { by: type, values: {}, zzz: 1 } }
        overrides: [{ device: d, setpoints: { t: 1 }, zzz: 1 }]
        maintenance: [{ name: m, select: { device: d, zzz: 1 }, from: 2026-01-01T00:00:00Z, to: 2026-01-02T00:00:00Z, reason: r, zzz: 1 }]
        schedules:
          - { name: s, time_zone: "+08:00", spans: [{ from: 01:00, to: 02:00, zzz: 1 }], zzz: 1 }
        segregation: { edition: e, classes: [], cells: [], zzz: 1 }
        duties:
          zzz: 1
          tiers: { zzz: 1, general: { zzz: 1, escalate: [{ undisposed: 1h, to: a, zzz: 1 }] } }
          enterprises: [{ name: e, zones: z, zzz: 1 }]
        noise: { zzz: 1, flapping: { zzz: 1 }, grouping: { zzz: 1 }, flood: { zzz: 1 }, inhibit: [{ zzz: 1 }] }
        """;

    private const string Tests = """
        zzz: 1
        rule_files: [a.yaml]
        tests:
          - zzz: 1
            devices: [{ id: d, zzz: 1 }]
            input_series: [{ device: d, metric: m, values: '1', zzz: 1 }]
            events:
              - { at: 0s, zone: z, permit: { id: p, until: 1s, zzz: 1 }, zzz: 1 }
              - { at: 0s, zone: z, gas_test: { passed: true, zzz: 1 } }
              - { at: 0s, zone: z, unlock: { person: p, zzz: 1 } }
              - { at: 0s, zone: z, goods: { un: "1203", quantity_kg: 1, zzz: 1 } }
              - { at: 0s, zone: z, reset: { rule: g/A, zzz: 1 } }
            alert_rule_test: [{ eval_time: 1s, rule: g/A, exp_alerts: [{ device: d, tier: major, zzz: 1 }], zzz: 1 }]
            exp_transitions: [{ at: 1s, rule: g/A, device: d, state: firing, zzz: 1 }]
        """;

    [Fact]
    public void The_schema_of_rule_files_has_the_keys_that_the_reader_knows() =>
        AssertSame("rules", RuleSet.Parse([new RuleFile("r.yaml", Rules)]).Diagnostics);

    [Fact]
    public void The_schema_of_test_files_has_the_keys_that_the_reader_knows()
    {
        var diagnostics = new DiagnosticBag();
        RuleTestReader.Read("t.yaml", Tests, diagnostics);

        AssertSame("tests", diagnostics.ToSortedList());
    }

    private static void AssertSame(string kind, IReadOnlyList<Diagnostic> diagnostics)
    {
        var known = diagnostics.Where(one => one.Code == DiagnosticCodes.UnknownKey).Select(one => Line(
            UnknownKey().Match(one.Message).Groups["what"].Value, one.Expected["one of ".Length..].Split(", ")));
        var described = ConfigurationSchema.Mappings(kind).Select(mapping => Line(mapping.What, mapping.Keys));

        Assert.Equal(known.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    private static string Line(string what, IEnumerable<string> keys) => $"{what}: {string.Join(' ', keys.Order(StringComparer.Ordinal))}";

    [GeneratedRegex("^unknown key 'zzz' in (?<what>.*?)(;.*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex UnknownKey();
}
