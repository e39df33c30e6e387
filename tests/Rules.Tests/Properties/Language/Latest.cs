namespace Fengsui.Rules.Tests.Properties.Language;

internal sealed class Latest(Node x) : Function("last", "", x)
{
    public override bool HasUnit => Children[0].HasUnit;

    public override bool Lasts => true;

    protected override bool BeginsAnewWithTheClock => false;

    protected override double? Compute(Moment now) => InOrder.LastOrDefault(heard => heard.First is not null)?.First;
}
