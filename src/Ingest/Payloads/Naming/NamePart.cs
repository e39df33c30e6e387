namespace Fengsui.Ingest.Payloads.Naming;

/// <summary>One part of a name.</summary>
/// <param name="Variable">What it stands for.</param>
/// <param name="Text">The literal, or the name of the tag; UTF-8.</param>
/// <param name="Number">The level of the topic, or the number of the value.</param>
internal readonly record struct NamePart(NameVariable Variable, byte[] Text, int Number = 0);
