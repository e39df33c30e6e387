namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>How long there was no sign, in time watched: absent, age and stale.</summary>
internal sealed class Silence : Function
{
    private readonly long _limitMs;

    private Silence(string name, long limitMs, string text, Node[] arguments)
        : base(name, "", arguments) => (_limitMs, Text) = (limitMs, text);

    public override string Text { get; }

    public override bool IsTruth => Name != "age";

    public override bool HasUnit => Name == "age";

    public override bool IsTimed => true;

    protected override bool BeginsAnewWithTheClock => false;

    public static Silence Absent(Node x, long limitMs) => new("absent", limitMs, $"absent({x.Text}, {limitMs}ms)", [x]);

    public static Silence Age(Node x) => new("age", 0, $"age({x.Text})", [x]);

    public static Silence Stale(Node x, long limitMs, Node? counter) =>
        new("stale", limitMs, counter is null ? $"stale({x.Text}, {limitMs}ms)" : $"stale({x.Text}, {limitMs}ms, {counter.Text})", counter is null ? [x] : [x, counter]);

    protected override double? Compute(Moment now)
    {
        var since = Signs().Select(heard => (long?)heard.WatchMs).LastOrDefault() ?? FirstTickWatchMs;
        var silentMs = Math.Max(0, now.WatchMs - (since ?? now.WatchMs));
        return Name == "age" ? silentMs / 1000.0 : Truth(silentMs >= _limitMs);
    }

    private IEnumerable<Heard> Signs()
    {
        var known = History.Where(heard => heard.Arguments.All(value => value is not null));
        if (Name != "stale")
        {
            return known;
        }

        var news = known.Where(heard => !heard.IsLate).ToList();
        return news.Where((heard, i) => i == 0 || heard.Arguments[^1] != news[i - 1].Arguments[^1]);
    }
}
