namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>Area by time over the window and the rest of its oldest sixtieth; before any time has passed the reading itself.</summary>
internal sealed class Average(long windowMs, long? holdMs, Node x) : Function("avg", holdMs is null ? $"{windowMs}ms" : $"{windowMs}ms, {holdMs}ms", x)
{
    public override bool HasUnit => Children[0].HasUnit;

    protected override double? Compute(Moment now)
    {
        var (area, time, latest) = new Held(History, (long)Math.Ceiling(windowMs / 60.0), holdMs ?? 60_000).Total(now.EventMs, 60, isProRata: false);
        return time > 0 ? area / time : latest;
    }
}
