using Fengsui.Rules.Evaluation.Cells.Exposure;

namespace Fengsui.Rules.Functions.Exposure;

/// <summary><c>stel(x)</c>: mean of the last 15 min; <c>twa(x)</c>: dose of the last 8 h divided by 8 h. In the unit of x.</summary>
internal sealed class ExposureFunction : RuleFunction
{
    private ExposureFunction(string name, long periodMs, int buckets)
        : base(name, $"{name}(x)")
    {
        PeriodMs = periodMs;
        Buckets = buckets;
    }

    public static ExposureFunction Stel { get; } = new("stel", 15 * 60_000, 90);

    public static ExposureFunction Twa { get; } = new("twa", 8 * 3_600_000, 480);

    public long PeriodMs { get; }

    /// <summary>Parts of the period: its resolution.</summary>
    public int Buckets { get; }

    public override BoundCall? Bind(FunctionCall call) =>
        call.Takes(1, 1) && call.Number(0) is { } x ? call.NumberCell(Name, x.Unit, () => new ExposureCell(PeriodMs, Buckets), x.Node) : null;
}
