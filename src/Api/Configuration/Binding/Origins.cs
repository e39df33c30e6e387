using Fengsui.Rules.Parsing;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>Where each option that is not a default was set, so that a mistake found later still names the place.</summary>
internal sealed class Origins
{
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    public void Set(string path, SourceSpot spot) => Set(path, $"{spot.File}:{spot.Line}:{spot.Column}");

    public void Set(string path, string place) => _places[path] = place;

    public bool IsSet(string path) => _places.ContainsKey(path);

    /// <summary>The place, or "default" for what nobody set.</summary>
    public string Of(string path) => _places.GetValueOrDefault(path, "default");
}
