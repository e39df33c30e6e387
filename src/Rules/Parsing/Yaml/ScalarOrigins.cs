using YamlDotNet.Core;

namespace Fengsui.Rules.Parsing.Yaml;

/// <summary>
/// Maps each character of a scalar's value to its place in the source, by walking both: what folding and quoting change
/// is only white space, doubled quotes and escapes, so every other character is found in order.
/// </summary>
internal static class ScalarOrigins
{
    public static int[] Of(string text, ScalarStyle style, string source, int start)
    {
        var origins = new int[text.Length];
        var at = Math.Min(SkipHeader(style, source, start), source.Length);
        for (var i = 0; i < text.Length; i++)
        {
            at = char.IsWhiteSpace(text[i]) ? SkipJoin(style, source, at) : Find(text[i], style, source, at);
            origins[i] = at;
            var isFolded = char.IsWhiteSpace(text[i]) && (at == source.Length || !(char.IsWhiteSpace(source[at]) || source[at] == '\\'));
            at += isFolded ? 0 : LengthOf(style, source, at);
        }

        return origins;
    }

    private static int SkipHeader(ScalarStyle style, string source, int start)
    {
        if (style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted)
        {
            return start + 1;
        }

        if (style is not (ScalarStyle.Literal or ScalarStyle.Folded))
        {
            return start;
        }

        var end = source.IndexOf('\n', Math.Min(start, source.Length));
        return end < 0 ? source.Length : end + 1;
    }

    private static int Find(char wanted, ScalarStyle style, string source, int at)
    {
        at = SkipJoin(style, source, at);
        while (at < source.Length && source[at] != wanted && char.IsWhiteSpace(source[at]))
        {
            at++;
        }

        return Math.Min(SkipJoin(style, source, at), source.Length - 1);
    }

    /// <summary>An escaped line break inside double quotes joins two lines, without the space before the second.</summary>
    private static int SkipJoin(ScalarStyle style, string source, int at)
    {
        if (style != ScalarStyle.DoubleQuoted || at + 1 >= source.Length || source[at] != '\\' || source[at + 1] is not ('\n' or '\r'))
        {
            return at;
        }

        at++;
        while (at < source.Length && char.IsWhiteSpace(source[at]))
        {
            at++;
        }

        return at;
    }

    private static int LengthOf(ScalarStyle style, string source, int at)
    {
        if (style == ScalarStyle.SingleQuoted && source[at] == '\'')
        {
            return 2;
        }

        if (style != ScalarStyle.DoubleQuoted || source[at] != '\\' || at + 1 >= source.Length)
        {
            return 1;
        }

        return source[at + 1] switch { 'x' => 4, 'u' => 6, 'U' => 10, _ => 2 };
    }
}
