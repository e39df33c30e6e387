using Fengsui.Rules.Model;

namespace Fengsui.Scenarios.Model;

/// <summary>What must be true of a quantity for a rule to be due. In the scenario's own words: it is not read from the rule.</summary>
public sealed record Law
{
    public required string Metric { get; init; }

    /// <summary>Whether the value must be below instead of above.</summary>
    public bool IsBelow { get; init; }

    /// <summary>The limit of the lowest tier, in the metric's unit.</summary>
    public required Amount Limit { get; init; }

    /// <summary>It is over once the value is on the other side of this.</summary>
    public required Amount Until { get; init; }

    /// <summary>The limit must be passed for so long, s.</summary>
    public Amount For { get; init; } = Amount.Zero;

    /// <summary>It goes on for so long after the value has come back, s.</summary>
    public Amount Hold { get; init; } = Amount.Zero;

    /// <summary>By how much instruments may be wrong, in the metric's unit: closer to a limit than this, either answer is right.</summary>
    public Amount Give { get; init; } = Amount.Zero;

    /// <summary>Judge the change within so long instead of the value, s; 0 for the value.</summary>
    public Amount ChangeOver { get; init; } = Amount.Zero;

    /// <summary>So many devices of the zone must pass the limit at once; 0 when each device is judged by itself. It ends when all are back.</summary>
    public int Devices { get; init; }

    /// <summary>Higher tiers: their limits and for how long.</summary>
    public IReadOnlyList<(Tier Tier, Amount Limit, Amount For)> Tiers { get; init; } = [];
}
