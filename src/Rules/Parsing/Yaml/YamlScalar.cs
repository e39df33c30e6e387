using YamlDotNet.Core;

namespace Fengsui.Rules.Parsing.Yaml;

/// <summary>A text as written: YAML's own guessing of numbers and booleans is left to <see cref="YamlMap"/>.</summary>
public sealed class YamlScalar : YamlNode
{
    private readonly ScalarStyle _style;
    private readonly string _source;
    private readonly int _start;
    private int[]? _origins;

    internal YamlScalar(SourceSpot spot, string text, ScalarStyle style, string source, int start)
        : base(spot)
    {
        Text = text;
        _style = style;
        _source = source;
        _start = start;
    }

    public string Text { get; }

    /// <summary>Written without quotes and without a value, or as <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => _style == ScalarStyle.Plain && Text is "" or "~" or "null";

    public bool IsPlain => _style == ScalarStyle.Plain;

    public override string Kind => IsNull ? "nothing" : $"'{(Text.Length > 40 ? Text[..40] + "…" : Text)}'";

    /// <summary>Where the character at <paramref name="offset"/> of <see cref="Text"/> stands in the file, also inside quoted and block texts.</summary>
    public SourceSpot SpotAt(int offset)
    {
        if (Text.Length == 0)
        {
            return Spot;
        }

        _origins ??= ScalarOrigins.Of(Text, _style, _source, _start);
        var origin = offset < Text.Length ? _origins[Math.Max(0, offset)] : _origins[^1] + 1;
        var (line, column) = (Spot.Line, Spot.Column);
        for (var i = _start; i < origin && i < _source.Length; i++)
        {
            (line, column) = _source[i] == '\n' ? (line + 1, 1) : (line, column + 1);
        }

        return new SourceSpot(Spot.File, line, column);
    }
}
