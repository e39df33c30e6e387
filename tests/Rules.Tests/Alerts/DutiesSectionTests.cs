using Fengsui.Rules.Alerts.Duties;
using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Alerts;

public sealed class DutiesSectionTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public void Without_a_file_the_four_tiers_have_the_duties_of_the_table()
    {
        var duties = RuleSet.Parse([]).RuleSet!.Duties;
        Assert.Equal([12 * Hour, 6 * Hour, 4 * Hour, 0], duties.Tiers.Select(tier => tier.DueMs));
        Assert.Equal([DutyGoal.Disposed, DutyGoal.Disposed, DutyGoal.Begun, DutyGoal.Begun], duties.Tiers.Select(tier => tier.Goal));
        Assert.Equal("warehouse-1", duties.EnterpriseOf("warehouse-1"));
    }

    [Fact]
    public void The_file_that_is_shipped_says_what_is_built_in()
    {
        const string Path = "config/rules/library/duties.yaml";
        var shipped = RuleSet.Parse([new RuleFile(Path, File.ReadAllText(RepositoryFiles.PathOf(Path)))]);
        Assert.Empty(shipped.Diagnostics);
        Assert.Equivalent(DutyPolicy.Default, shipped.RuleSet!.Duties, strict: true);
    }

    [Fact]
    public void What_a_file_says_holds_and_what_it_leaves_out_stays()
    {
        var duties = RuleSet.Parse([new RuleFile("d.yaml", """
            duties:
              tiers: { general: { due: 10h, audience: boss } }
              enterprises: [{ name: acme, zones: [acme-*] }]
            """)]).RuleSet!.Duties;
        Assert.Equal((10 * Hour, "boss", 4 * Hour), (duties.Of(Tier.General).DueMs, Assert.Single(duties.Of(Tier.General).Audience), duties.Of(Tier.General).RemindMs));
        Assert.Equal(6 * Hour, duties.Of(Tier.Significant).DueMs);
        Assert.Equal("acme", duties.EnterpriseOf("acme-7"));
    }

    [Fact]
    public void Every_mistake_is_told_at_once_with_its_place()
    {
        var diagnostics = RuleSet.Parse([new RuleFile("d.yaml", """
            duties:
              max_shelve: 3d
              tiers:
                genral: { due: 1h }
                major: { due: soon, remind_every: 5s, due_for: begun, escalate: [{ to: a }, { undisposed: 1h, unacknowledged: 1h, to: a }, { undisposed: 1h }] }
              enterprises: [{ name: a, zones: x }, { name: a, zones: y }, { name: b }]
            noise:
              flapping: { changes: 99 }
              flood: { alerts: 2, below: 5, up_to: cross-border }
              inhibit: [{ source: significant, target: [major] }, { source_rules: nothing/* }]
            """), new RuleFile("e.yaml", "duties: {}\nnoise: {}\n")]).Diagnostics;
        Assert.Equal(
            ["d.yaml:2", "d.yaml:4", "d.yaml:5", "d.yaml:5", "d.yaml:5", "d.yaml:5", "d.yaml:5", "d.yaml:5", "d.yaml:6", "d.yaml:6", "d.yaml:8", "d.yaml:9", "d.yaml:9", "d.yaml:10", "d.yaml:10", "e.yaml:1", "e.yaml:2"],
            diagnostics.Select(one => $"{one.File}:{one.Line}"));
    }
}
