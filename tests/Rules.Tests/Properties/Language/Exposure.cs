namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>Dose of the period by the period, in 10 s or 1 min buckets; and the seconds until it reaches a limit.</summary>
internal sealed class Exposure(string name, long? holdMs, double? limit, Node x) : Function(name, "", x)
{
    private const double Never = 1e9;

    private string Call => holdMs is null ? $"{Name}({Children[0].Text})" : $"{Name}({Children[0].Text}, {holdMs}ms)";

    public override string Text => limit is null ? Call : FormattableString.Invariant($"time_to_limit({Call}, {limit})");

    public override bool HasUnit => limit is not null || Children[0].HasUnit;

    protected override double? Compute(Moment now)
    {
        var (bucketMs, buckets) = Name == "stel" ? (10_000, 90) : (60_000, 480);
        var periodMs = (double)bucketMs * buckets;
        var (dose, _, latest) = new Held(History, bucketMs, holdMs ?? 60_000).Total(now.EventMs, buckets, isProRata: true);
        return latest is not { } present ? null
            : limit is not { } most ? dose / periodMs
            : dose >= most * periodMs ? 0
            : present <= most ? Never
            : Math.Min(Never, ((most * periodMs) - dose) / present / 1000);
    }
}
