namespace Fengsui.Scenarios.Model;

/// <summary>A filed corridor.</summary>
/// <param name="WidthM">Of the whole corridor, m.</param>
/// <param name="Points">Latitude and longitude in degrees, WGS 84; at least two.</param>
/// <param name="Opens">When its approved time begins, s after the scenario's start.</param>
/// <param name="Closes">When it ends.</param>
public sealed record ScenarioRoute(string Id, double WidthM, IReadOnlyList<(double Latitude, double Longitude)> Points, Amount? Opens, Amount? Closes);
