using System.Globalization;

namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>How long the readings have stayed within the tolerance of the first, without a pause of more than half the time.</summary>
internal sealed class Stuck(long limitMs, double tolerance, Node x) : Function("stuck", $"{limitMs}ms, {tolerance.ToString(CultureInfo.InvariantCulture)}", x)
{
    public override bool IsTruth => true;

    protected override bool BeginsAnewWithTheClock => false;

    protected override double? Compute(Moment now)
    {
        Heard? first = null;
        Heard? last = null;
        foreach (var heard in InOrder.Where(heard => heard.First is not null))
        {
            var isPause = last is not null && heard.TimeMs - last.TimeMs > limitMs / 2;
            first = first is null || isPause || Math.Abs(heard.First!.Value - first.First!.Value) > tolerance ? heard : first;
            last = heard;
        }

        return last is null ? null : Truth(last.TimeMs - first!.TimeMs >= limitMs);
    }
}
