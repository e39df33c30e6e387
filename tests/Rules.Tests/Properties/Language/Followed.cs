namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>a followed by b within d, and its opposite.</summary>
internal sealed class Followed(bool isNegated, long withinMs, Node a, Node b) : Function("followed", "", a, b)
{
    public override string Text => $"(({Children[0].Text}) {(isNegated ? "not " : "")}followed by ({Children[1].Text}) within {withinMs}ms)";

    public override bool IsTruth => true;

    public override bool IsTimed => isNegated;

    protected override bool BeginsAnewWithTheClock => false;

    protected override double? Compute(Moment now)
    {
        long? open = null;
        var (wasTrue, isFollowed) = (false, false);
        foreach (var heard in History)
        {
            var (a, b) = (heard.Arguments[0], heard.Arguments[1]);
            if (heard.IsLate)
            {
                open = isNegated && b == 1 && heard.TimeMs >= open && heard.TimeMs - open <= withinMs ? null : open;
                continue;
            }

            // The wait of "not followed" is not prolonged; the other one counts from the latest beginning.
            open = a == 1 && !wasTrue && !(isNegated && open is not null) ? heard.TimeMs : open;
            wasTrue = a is null ? wasTrue : a == 1;
            isFollowed = b is null ? isFollowed : b == 1 && (isFollowed || heard.TimeMs - open <= withinMs);
            open = b == 1 ? null : open;
        }

        return Truth(isNegated ? now.EventMs - open > withinMs : isFollowed);
    }
}
