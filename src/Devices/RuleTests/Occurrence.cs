namespace Fengsui.Devices.RuleTests;

/// <summary>One thing that happens in a test.</summary>
/// <param name="AtMs">Journal time, ms after the start.</param>
/// <param name="Index">Of the event, row or expectation.</param>
/// <param name="Row">Null unless it is a row.</param>
internal readonly record struct Occurrence(long AtMs, OccurrenceKind Kind, int Index, TestRow? Row = null);
