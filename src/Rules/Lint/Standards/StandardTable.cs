namespace Fengsui.Rules.Lint.Standards;

/// <summary>Bounds that standards set on set-points, as data: a new edition is a new row with its day, the old row gets its last day.</summary>
public static class StandardTable
{
    public const string FixedDetectors = "GB/T 50493-2019";
    public const string ConfinedSpaces = "GB 46768-2025";
    public const string SpecialWork = "GB 30871-2022";
    public const string RoadTransport = "危险货物道路运输安全管理办法";

    private const string GasClause = "§5.5.2";
    private const string AirClause = "§5.9.1";

    /// <summary>Occupational limits of GBZ 2.1-2019 in mg/m³: the MAC where there is one, else the PC-TWA. All quoted by secondary sources.</summary>
    private static readonly (string Gas, double Figure)[] OccupationalLimits =
    [
        ("h2s", 10), ("co", 20), ("cl2", 1), ("nh3", 20), ("so2", 5), ("hcl", 7.5), ("hcn", 1),

        // Lowered from 6 by amendment 1.
        ("benzene", 3),
    ];

    /// <summary>What air in a confined space may hold at most in mg/m³: the MAC, else the PC-STEL of GBZ 2.1-2019.</summary>
    private static readonly (string Gas, double Figure)[] ShortTermLimits = [("h2s", 10), ("co", 30), ("nh3", 30), ("cl2", 1)];

    public static IReadOnlyList<StandardLimit> All { get; } = [.. Detectors(), .. Spaces(), .. Roads()];

    private static IEnumerable<StandardLimit> Detectors()
    {
        var row = new StandardLimit { Standard = FixedDetectors, Clause = GasClause, Metric = "lel", Figure = 25, Unit = "%LEL", Certainty = Certainty.Secondary };
        yield return row;
        yield return row with { Level = 2, Figure = 50 };
        foreach (var (gas, figure) in OccupationalLimits)
        {
            var toxic = row with { Metric = gas, Figure = figure, Unit = "mg/m3", Clause = GasClause + " with GBZ 2.1-2019" };
            yield return toxic;
            yield return toxic with { Level = 2, Figure = 2 * figure };
        }

        var oxygen = row with { Metric = "o2", Unit = "%VOL" };
        yield return oxygen with { IsUpper = false, Figure = 19.5 };
        yield return oxygen with { Figure = 23.5 };
    }

    private static IEnumerable<StandardLimit> Spaces()
    {
        var row = new StandardLimit
        {
            Standard = ConfinedSpaces,
            Clause = AirClause,
            Metric = "lel",
            Figure = 10,
            Unit = "%LEL",
            InForceFrom = new DateOnly(2026, 5, 1),
            Certainty = Certainty.Secondary,
        };
        yield return row;
        yield return row with { Metric = "o2", Unit = "%VOL", IsUpper = false, Figure = 19.5 };
        yield return row with { Metric = "o2", Unit = "%VOL", Figure = 23.5 };
        foreach (var (gas, figure) in ShortTermLimits)
        {
            yield return row with { Metric = gas, Figure = figure, Unit = "mg/m3", Clause = AirClause + " with GBZ 2.1-2019" };
        }

        var special = row with { Standard = SpecialWork, Clause = "oxygen content", Metric = "o2", Unit = "%VOL", InForceFrom = new DateOnly(2022, 10, 1) };
        yield return special with { IsUpper = false, Figure = 19.5 };

        // 21 as a rule; 23.5 is for surroundings enriched with oxygen.
        yield return special with { Figure = 23.5 };
        foreach (var (gas, figure) in ShortTermLimits)
        {
            yield return special with { Metric = gas, Figure = figure, Unit = "mg/m3", Clause = "toxic gas, by GBZ 2.1-2019" };
        }
    }

    private static IEnumerable<StandardLimit> Roads()
    {
        var row = new StandardLimit { Standard = RoadTransport, Clause = "Art. 46", Metric = "speed", Figure = 80, Unit = "km/h", Certainty = Certainty.Secondary };
        yield return row;
        yield return row with { Figure = 60, OnlyWith = "road=other" };
    }
}
