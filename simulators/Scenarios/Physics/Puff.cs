namespace Fengsui.Scenarios.Physics;

/// <summary>What a drifting cloud adds at one place: peak · (w₀/w)² · exp(−d²/2w²), with w = w₀ + spread · t and d the distance to its centre.</summary>
/// <param name="FromMs">When it was set free, ms after the start.</param>
/// <param name="East">m from its source to the place.</param>
/// <param name="North">m.</param>
/// <param name="WindEast">m/s.</param>
/// <param name="WindNorth">m/s.</param>
/// <param name="Peak">At its centre at first.</param>
/// <param name="Width">At first, m.</param>
/// <param name="Spread">m/s.</param>
internal sealed record Puff(long FromMs, double East, double North, double WindEast, double WindNorth, double Peak, double Width, double Spread)
{
    /// <summary>A cloud is set free within so long: nothing jumps.</summary>
    private const double RiseS = 5;

    public double At(long atMs)
    {
        var seconds = (atMs - FromMs) / 1_000.0;
        if (seconds <= 0)
        {
            return 0;
        }

        var width = Width + (Spread * seconds);
        var (east, north) = (East - (WindEast * seconds), North - (WindNorth * seconds));
        var thinned = Width / width * (Width / width);
        return Peak * Math.Min(1, seconds / RiseS) * thinned * Math.Exp(-((east * east) + (north * north)) / (2 * width * width));
    }
}
