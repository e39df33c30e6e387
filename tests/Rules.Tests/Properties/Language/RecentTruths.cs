namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>Of the last m known truths, those still to come being unknown.</summary>
internal sealed class RecentTruths(int wanted, int of, Node condition) : Function("n_of_m", "", condition)
{
    public override string Text => $"n_of_m({wanted}, {of}, {Children[0].Text})";

    public override bool IsTruth => true;

    protected override bool BeginsAnewWithTheClock => false;

    protected override double? Compute(Moment now)
    {
        var last = InOrder.Where(heard => heard.First is not null).TakeLast(of).ToList();
        var isTrue = last.Count(heard => heard.First != 0);
        return isTrue >= wanted ? 1 : isTrue + of - last.Count < wanted ? 0 : null;
    }
}
