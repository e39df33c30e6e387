namespace Fengsui.Rules.Testing;

/// <summary>When something is said in a test.</summary>
/// <param name="AtMs">After the start, ms.</param>
/// <param name="StartMs">Of the test, ms since 1970 UTC.</param>
/// <param name="Index">Of the event, which makes the id of what has none.</param>
internal readonly record struct SiteFactContext(long AtMs, long StartMs, int Index)
{
    public long TimeMs => StartMs + AtMs;

    public string Id => $"event-{Index + 1}";
}
