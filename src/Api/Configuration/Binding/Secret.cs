using Fengsui.Rules.Parsing;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>A secret's text (here always a hash) and the place in the file that gave or named it.</summary>
internal readonly record struct Secret(string Text, SourceSpot Spot)
{
    /// <summary>Never shows the text, so that no message or log can.</summary>
    public override string ToString() => "(secret)";
}
