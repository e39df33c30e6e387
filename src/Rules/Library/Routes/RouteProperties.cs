namespace Fengsui.Rules.Library.Routes;

/// <summary>What a feature's properties say of it.</summary>
/// <param name="HalfWidth">Of the corridor, m to either side; 0 when it has none.</param>
/// <param name="HasWidth">Whether a width is written, right or wrong.</param>
internal readonly record struct RouteProperties(double HalfWidth, bool HasWidth, long? FromMs, long? ToMs, Parsing.SourceSpot WidthSpot);
