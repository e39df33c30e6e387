namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>How often the value was another than the one before, in a window of changes.</summary>
internal sealed class Changes(long windowMs, Node x) : Function("changes", $"{windowMs}ms", x)
{
    protected override double? Compute(Moment now)
    {
        var known = InOrder.Where(heard => heard.First is not null).ToList();
        var changes = known.Zip(known.Skip(1)).Where(pair => pair.First.First != pair.Second.First).Select(pair => pair.Second);
        return known.Count == 0 ? null : WindowFunction.InWindow(changes, windowMs, now.EventMs).Count();
    }
}
