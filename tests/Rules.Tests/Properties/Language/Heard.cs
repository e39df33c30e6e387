namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>What a function was told by one row or tick: the values of its arguments, null where unknown.</summary>
/// <param name="IsLate">It is older than the newest one before it.</param>
internal sealed record Heard(long TimeMs, long WatchMs, double?[] Arguments, bool IsLate)
{
    public double? First => Arguments[0];
}
