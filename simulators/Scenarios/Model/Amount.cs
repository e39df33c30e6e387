namespace Fengsui.Scenarios.Model;

/// <summary>A number of a scenario that may lean on what was drawn: <c>onset + 10m</c>. Durations are seconds.</summary>
/// <param name="Text">As it stands in the file.</param>
/// <param name="Of">Its value for one seed; throws <see cref="InvalidDataException"/> when that is no number, as after a division by zero.</param>
public sealed record Amount(string Text, Func<DrawnValues, double> Of)
{
    public static Amount Zero { get; } = Constant(0);

    public static Amount Constant(double value) => new(value.ToString(System.Globalization.CultureInfo.InvariantCulture), _ => value);

    /// <summary>A duration in whole milliseconds.</summary>
    public long Milliseconds(DrawnValues drawn) => (long)Math.Round(Of(drawn) * 1_000);
}
