using Fengsui.Rules.Evaluation.Cells.Exposure;

namespace Fengsui.Rules.Functions.Exposure;

/// <summary><c>stel(x)</c>: mean of the last 15 min; <c>twa(x)</c>: dose of the last 8 h divided by 8 h. In the unit of x. A second argument says how long a reading holds when none follows.</summary>
internal sealed class ExposureFunction : RuleFunction
{
    private ExposureFunction(string name, long periodMs, int buckets)
        : base(name, $"{name}(x) or {name}(x, hold)")
    {
        PeriodMs = periodMs;
        Buckets = buckets;
    }

    public static ExposureFunction Stel { get; } = new("stel", 15 * 60_000, 90);

    public static ExposureFunction Twa { get; } = new("twa", 8 * 3_600_000, 480);

    public long PeriodMs { get; }

    /// <summary>Parts of the period: its resolution.</summary>
    public int Buckets { get; }

    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(1, 2) || call.Number(0) is not { } x)
        {
            return null;
        }

        long? hold = call.Count == 1 ? ExposureCell.DefaultHoldMs : call.Duration(1, 1000, PeriodMs);
        return hold is { } holdMs ? call.NumberCell($"{Name} hold {holdMs}", x.Unit, () => new ExposureCell(PeriodMs, Buckets, holdMs), x.Node) : null;
    }
}
