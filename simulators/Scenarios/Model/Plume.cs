namespace Fengsui.Scenarios.Model;

/// <summary>
/// A cloud of gas that is set free at one place, drifts with the wind and thins out: a Gaussian puff, whose width grows evenly and whose peak falls with the
/// square of it. It adds to the metric of every device of the zone that has a place.
/// </summary>
/// <param name="East">m, of its source.</param>
/// <param name="North">m, of its source.</param>
/// <param name="Wind">m/s.</param>
/// <param name="Toward">Degrees from north, clockwise: where the wind blows to.</param>
/// <param name="Peak">At its centre at first, in the metric's unit.</param>
/// <param name="Width">Standard deviation at first, m.</param>
/// <param name="Spread">How much wider it grows, m/s.</param>
public sealed record Plume(
    Amount At, string Zone, string Metric, Amount East, Amount North, Amount Wind, Amount Toward, Amount Peak, Amount Width, Amount Spread) : Happening(At);
