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
            if (char.IsWhiteSpace(text[i]))
            {
                origins[i] = at;
                at += at < source.Length && char.IsWhiteSpace(source[at]) ? 1 : 0;
                continue;
            }

            at = Find(text[i], style, source, at);
            origins[i] = at;
            at += LengthOf(style, source, at);
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
        while (at < source.Length && source[at] != wanted && char.IsWhiteSpace(source[at]))
        {
            at++;
        }

        // An escaped line break inside double quotes joins two lines.
        var joined = style == ScalarStyle.DoubleQuoted && at + 1 < source.Length && source[at] == '\\' && source[at + 1] is '\n' or '\r';
        return joined ? Find(wanted, style, source, at + 1) : Math.Min(at, source.Length - 1);
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
