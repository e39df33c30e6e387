using Fengsui.Rules.Parsing;
using Fengsui.Rules.Testing;
using Fengsui.Rules.Zones.Site;
using Xunit;

namespace Fengsui.Rules.Tests.Testing;

public sealed class RuleTestReaderTests
{
    [Fact]
    public void Reads_a_whole_file()
    {
        var (file, diagnostics) = Read("""
            rule_files: [a.yaml, b.yaml]
            evaluation_interval: 500ms
            tests:
              - name: n
                start: 2026-03-01T08:00:00+08:00
                devices: [{ id: d, type: t, zone: z, labels: { class: 3 } }]
                interval: 2s
                input_series:
                  - { series: 'gas.co{device="d"}', values: 1x2 }
                  - { device: d, metric: lel, interval: 1s, delay: 3s, values: 1x9 }
                rules: g/A
                alert_rule_test:
                  - { eval_time: 5s, alert: A, exp_alerts: [{ device: d, tier: major, exp_labels: { a: b }, exp_annotations: { summary: s } }] }
                exp_transitions:
                  - { at: 4s, rule: g/A, zone: z, state: resolved }
            """);
        var test = Assert.Single(file!.Tests);

        Assert.Empty(diagnostics);
        Assert.Equal((500, "a.yaml b.yaml"), (file.TickMs, string.Join(' ', file.RuleFiles.Select(one => one.Text))));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), test.StartMs);
        Assert.Equal([("gas.co", 2_000, 0L, 3), ("lel", 1_000, 3_000L, 10)], test.Series.Select(series => (series.Metric, (int)series.IntervalMs, series.DelayMs, series.Samples.Count)));
        Assert.Equal(12_000, test.EndMs);
        Assert.Equal("g/A", Assert.Single(test.Rules).Name);
        Assert.Equal(new ExpectedTransition(4_000, test.Transitions![0].Rule, "z", TransitionKind.Resolved, Model.Tier.None), test.Transitions[0]);
    }

    [Fact]
    public void Reads_what_happens_on_the_site_in_the_order_of_time()
    {
        var (file, diagnostics) = Read("""
            rule_files: [a.yaml]
            tests:
              - exp_transitions: []
                events:
                  - { at: 9s, zone: z, revoke: P1 }
                  - { at: 0s, zone: z, permit: { id: P1, kinds: entry, persons: [ann, bob], until: 1h } }
                  - { at: 1s, zone: z, gas_test: { passed: false, person: ann } }
                  - { at: 2s, zone: z, unlock: { person: ann, device: lock-1 } }
                  - { at: 3s, zone: z, goods: { un: "1203", class: 3, quantity_kg: 5.5, limit_kg: 4, operation: set } }
                  - { at: 4s, person: ann, enters: z }
                  - { at: 5s, person: ann, leaves: true }
                  - { at: 6s, device: truck-1, enters: y }
                  - { at: 7s, zone: z, reset: { rule: g/A, device: d } }
            """);
        var test = Assert.Single(file!.Tests);
        var startMs = RuleTestReader.DefaultStartMs;

        Assert.Empty(diagnostics);
        var permit = Assert.IsType<PermitGranted>(((FactEvent)test.Events[0]).Fact);
        Assert.Equal((startMs, startMs + 3_600_000, "entry", "ann bob"), (permit.FromMs, permit.ToMs, permit.Kinds[0], string.Join(' ', permit.Persons)));
        Assert.Equal((startMs + 1_000, false), (((GasTested)((FactEvent)test.Events[1]).Fact).AtMs, ((GasTested)((FactEvent)test.Events[1]).Fact).Passed));
        Assert.Equal(("lock-1", "ann"), (((Unlocked)((FactEvent)test.Events[2]).Fact).Device, ((Unlocked)((FactEvent)test.Events[2]).Fact).Person));
        Assert.Equal(("1203", "3", 5.5, 4.0, GoodsOperation.Set), ((GoodsChanged)((FactEvent)test.Events[3]).Fact) is var goods ? (goods.UnNumber, goods.Class, goods.QuantityKg, goods.LimitKg!.Value, goods.Operation) : default);
        Assert.Equal(
            [new MoveEvent(4_000, "person/ann", "person", "z"), new MoveEvent(5_000, "person/ann", "person", "default"), new MoveEvent(6_000, "truck-1", "default", "y"), new ResetEvent(7_000, "z", "g/A", "d")],
            test.Events.Skip(4).Take(4));
        Assert.Equal("P1", Assert.IsType<PermitRevoked>(((FactEvent)test.Events[8]).Fact).Id);
        Assert.Equal(test.Events.Count, test.Events.OfType<FactEvent>().Select(fact => fact.Fact.Id).Distinct().Count() + 5);
    }

    [Theory]
    [InlineData("", "t.yaml:1:1: error missing-key: there is no test in this file (expected the keys rule_files and tests)")]
    [InlineData("tests: []\nrule_files: [a]", "t.yaml:1:8: error missing-key: there is no test in this file (expected at least one test)")]
    [InlineData("rule_files: []\ntests: [{ exp_transitions: [] }]", "t.yaml:1:13: error missing-key: the tests name no rule file (expected rule_files: [file, …], relative to this file)")]
    [InlineData("rule_files: [a]\ntests: [{ name: n }]", "t.yaml:2:9: error missing-key: the test 'n' expects nothing, so it cannot fail (expected alert_rule_test or exp_transitions)")]
    [InlineData("rule_files: [a]\ntests: [{ alert_rule_tst: [], exp_transitions: [] }]", "t.yaml:2:11: error unknown-key: unknown key 'alert_rule_tst' in a test; did you mean 'alert_rule_test'?")]
    [InlineData("rule_files: [a]\ntests: [{ exp_transitions: [], start: now }]", "t.yaml:2:39: error invalid-value: 'start' is 'now' (expected a time such as 2026-01-05T08:00:00+08:00)")]
    [InlineData("rule_files: [a]\ntests: [{ exp_transitions: [], devices: [{ id: wh-1 }], input_series: [{ device: wh-2, metric: m, values: 1 }] }]", "t.yaml:2:82: error invalid-value: the test has no device 'wh-2'; did you mean 'wh-1'? (expected one of wh-1)")]
    [InlineData("rule_files: [a]\ntests: [{ exp_transitions: [], devices: [{ id: d }, { id: d }] }]", "t.yaml:2:59: error duplicate-name: device 'd' is declared already in this test (expected another id)")]
    [InlineData("rule_files: [a]\ntests: [{ exp_transitions: [], input_series: [{ series: 'm{d}', values: 1 }] }]", "t.yaml:2:57: error invalid-value: 'series' is 'm{d}' (expected metric{device=\"id\"}, such as temperature{device=\"wh-1\"})")]
    [InlineData("rule_files: [a]\ntests: [{ exp_transitions: [{ at: 1s, rule: g/A, device: d, state: fireing }] }]", "t.yaml:2:68: error invalid-value: 'state' is 'fireing'; did you mean 'firing'?")]
    [InlineData("rule_files: [a]\ntests: [{ exp_transitions: [{ at: 40d, rule: g/A, device: d, state: firing }], name: n }]", "t.yaml:2:9: error out-of-range: the test 'n' lasts 40d (expected at most 3000000 times evaluation_interval)")]
    [InlineData("rule_files: [a]\ntests: [{ exp_transitions: [], events: [{ at: 1s, zone: z }] }]", "t.yaml:2:41: error missing-key: nothing happens here (expected one of permit, ")]
    [InlineData("rule_files: [a]\ntests: [{ exp_transitions: [], events: [{ at: 1s, zone: z, revoke: p, unlock: { person: a } }] }]", "t.yaml:2:41: error missing-key: an event says one thing, and this says revoke and unlock")]
    [InlineData("rule_files: [a]\ntests: [{ exp_transitions: [], events: [{ at: 1s, revoke: p }] }]", "t.yaml:2:41: error missing-key: an event needs the key 'zone'")]
    [InlineData("rule_files: [a]\ntests: [{ exp_transitions: [], events: [{ at: 1s, enters: z }] }]", "t.yaml:2:41: error missing-key: nobody can tell who moves where")]
    [InlineData("rule_files: [a]\ntests: [{ exp_transitions: [], events: [{ at: 1s, zone: z, goods: { un: 12, quantity_kg: 1 } }] }]", "t.yaml:2:73: error invalid-value: '12' is no UN number")]
    public void Says_what_is_wrong_with_its_place(string text, string expected)
    {
        var (_, diagnostics) = Read(text);

        Assert.StartsWith(expected, Assert.Single(diagnostics).ToString(), StringComparison.Ordinal);
    }

    private static (RuleTestFile? File, IReadOnlyList<Diagnostic> Diagnostics) Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        return (RuleTestReader.Read("t.yaml", text, diagnostics), diagnostics.ToSortedList());
    }
}
