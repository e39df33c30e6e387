using Fengsui.Rules.Library.Segregation;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Library;

public sealed class SegregationTests
{
    private static readonly SegregationTable Table =
        RuleSets.Parse(File.ReadAllText(RepositoryFiles.PathOf("config/rules/library/segregation-imdg.yaml"))).Library.Segregation!;

    [Theory]
    [InlineData("1.1", "1.4", nameof(SegregationRequirement.ClassOneRules))]
    [InlineData("1.5", "8", nameof(SegregationRequirement.LongitudinalCompartment))]
    [InlineData("1.6", "4.1", nameof(SegregationRequirement.CompleteCompartment))]
    [InlineData("2.1", "3", nameof(SegregationRequirement.SeparatedFrom))]
    [InlineData("3", "5.1", nameof(SegregationRequirement.SeparatedFrom))]
    [InlineData("4.2", "4.3", nameof(SegregationRequirement.AwayFrom))]
    [InlineData("3", "4.1", nameof(SegregationRequirement.SeeSchedule))]
    [InlineData("6.2", "3", nameof(SegregationRequirement.CompleteCompartment))]
    [InlineData("8", "6.2", nameof(SegregationRequirement.CompleteCompartment))]
    [InlineData("9", "1.1", nameof(SegregationRequirement.SeeSchedule))]
    public void The_shipped_table_says(string one, string other, string requirement)
    {
        Assert.Equal(requirement, Table.Find(one, other).ToString());
        Assert.Equal(requirement, Table.Find(other, one).ToString());
    }

    [Fact]
    public void The_shipped_table_is_whole_and_names_its_edition()
    {
        Assert.Equal(20, Table.Classes.Count());
        Assert.All(Table.Classes, one => Assert.All(Table.Classes, other => Assert.NotNull(Table.Find(one, other))));
        Assert.Equal("IMDG Code 7.2.4, older edition", Table.Edition);
        Assert.StartsWith("2", Table.Certainty, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_the_table_does_not_know_has_no_answer() => Assert.Null(Table.Find("3", "12"));

    [Fact]
    public void A_second_table_is_refused()
    {
        const string text = "segregation: { edition: e, classes: [a], cells: [X] }";
        var result = RuleSet.Parse([new RuleFile("a.yaml", text), new RuleFile("b.yaml", text)]);
        Assert.Equal("b.yaml:1:14: error conflict: there is a segregation table already, in a.yaml:1 (expected one table for the rule set)", Assert.Single(result.Diagnostics).ToString());
    }
}
