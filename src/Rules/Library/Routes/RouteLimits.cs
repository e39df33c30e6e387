namespace Fengsui.Rules.Library.Routes;

/// <summary>Bounds of the routes of one rule set. They keep a row's cost and the memory of a rule set in sight.</summary>
internal static class RouteLimits
{
    public const int MaxRoutes = 5_000;

    public const int MaxIdLength = 128;

    /// <summary>Positions of one feature.</summary>
    public const int MaxVertices = 20_000;

    /// <summary>Between neighbouring positions: farther apart a line says little about a road, and what "straight" means matters.</summary>
    public const double MaxEdgeMetres = 200_000;

    /// <summary>Pieces of a kilometre or less of all features together; a piece takes 72 bytes.</summary>
    public const int MaxPieces = 1_000_000;

    /// <summary>Half the width of a corridor, m.</summary>
    public const double MaxHalfWidth = 100_000;

    /// <summary>Nearer to a pole, degrees of longitude are too short to draw straight lines in.</summary>
    public const double MaxLatitude = 85;
}
