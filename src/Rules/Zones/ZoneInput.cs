namespace Fengsui.Rules.Zones;

/// <summary>
/// A value that a zone computes for the rules of its devices and for its own: what its members say together, or what is
/// known of the site. Equal canonical texts are one input.
/// </summary>
internal abstract class ZoneInput(string canonical, string written)
{
    public string Canonical { get; } = canonical;

    /// <summary>As it stands in the rule; names its value in alerts.</summary>
    public string Written { get; } = written;

    /// <summary>The value now: a number, or a truth as 0 and 1; NaN is unknown.</summary>
    /// <param name="place">Its place among <see cref="RuleSet.ZoneInputs"/>.</param>
    public abstract double Read(ZoneState zone, int place, long nowMs);

    public override string ToString() => Canonical;
}
