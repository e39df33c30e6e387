namespace Fengsui.Rules.Zones;

/// <summary>A value that is computed from what is known of the site: <c>permit_active()</c>, <c>goods_quantity("1203")</c>.</summary>
/// <param name="written">As it stands in the rule.</param>
/// <param name="canonical">Function and parameters.</param>
/// <param name="read">The value at a journal time. Depends on the zone's site facts and persons alone.</param>
internal sealed class SiteInput(string canonical, string written, Func<ZoneState, long, double> read) : ZoneInput(canonical, written)
{
    public override double Read(ZoneState zone, int place, long nowMs) => read(zone, nowMs);
}
