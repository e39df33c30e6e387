namespace Fengsui.Rules.Import;

/// <summary>A schedule in our language, before it is written.</summary>
/// <param name="Spans">Days, from and to, as the language writes them.</param>
internal sealed record ImportedSchedule(string Name, string TimeZone, IReadOnlyList<(string Days, string From, string To)> Spans);
