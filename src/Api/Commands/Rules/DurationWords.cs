using System.Globalization;

namespace Fengsui.Api.Commands.Rules;

/// <summary>Durations for people: <c>40 s</c>, <c>2 min 5 s</c>, <c>1 h 3 min</c>. Two parts at most.</summary>
internal static class DurationWords
{
    public static string Of(long ms)
    {
        var time = TimeSpan.FromMilliseconds(Math.Abs(ms));
        return time switch
        {
            { TotalMinutes: < 1 } => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s",
            { TotalHours: < 1 } => Two(time.Minutes, "min", time.Seconds, "s"),
            { TotalDays: < 1 } => Two(time.Hours, "h", time.Minutes, "min"),
            _ => Two((int)time.TotalDays, "d", time.Hours, "h"),
        };
    }

    private static string Two(int many, string unit, int few, string smaller) =>
        string.Create(CultureInfo.InvariantCulture, $"{many} {unit}{(few == 0 ? "" : $" {few} {smaller}")}");
}
