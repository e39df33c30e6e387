namespace Fengsui.Ingest.Sources.Configuration;

/// <summary>One file of <c>config/sources/</c>.</summary>
/// <param name="Path">As it is named in messages.</param>
/// <param name="Text">YAML.</param>
public sealed record SourceFile(string Path, string Text);
