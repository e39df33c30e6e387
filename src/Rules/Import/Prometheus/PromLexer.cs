using System.Text;
using System.Text.RegularExpressions;

namespace Fengsui.Rules.Import.Prometheus;

/// <summary>Cuts a PromQL expression into tokens.</summary>
internal static partial class PromLexer
{
    /// <summary>Bound on one expression.</summary>
    public const int MaxTokens = 2_000;

    public static List<PromToken> Read(string text)
    {
        var tokens = new List<PromToken>();
        var at = 0;
        while (at < text.Length && tokens.Count < MaxTokens)
        {
            var match = Pattern().Match(text, at);
            if (match.Length == 0)
            {
                tokens.Add(new PromToken('?', at, text[at].ToString()));
                return tokens;
            }

            at += match.Length;
            if (match.Groups["space"].Success)
            {
                continue;
            }

            tokens.Add(match.Groups["text"].Success
                ? new PromToken('s', match.Index, Unescape(match.Value))
                : new PromToken(KindOf(match), match.Index, match.Value));
        }

        tokens.Add(new PromToken(at < text.Length ? '?' : 'e', at, ""));
        return tokens;
    }

    private static char KindOf(Match match) =>
        match.Groups["duration"].Success ? 'd' : match.Groups["number"].Success ? 'n' : match.Groups["name"].Success ? 'i' : 'o';

    private static string Unescape(string quoted)
    {
        var inner = quoted[1..^1];
        if (quoted[0] == '`' || !inner.Contains('\\', StringComparison.Ordinal))
        {
            return inner;
        }

        var text = new StringBuilder();
        for (var i = 0; i < inner.Length; i++)
        {
            text.Append(inner[i] != '\\' || i + 1 == inner.Length ? inner[i] : inner[++i] switch { 'n' => '\n', 't' => '\t', var c => c });
        }

        return text.ToString();
    }

    [GeneratedRegex(
        """\G(?:(?<space>\s+|\#[^\n]*)|(?<duration>(?:[0-9]+(?:ms|[smhdwy]))+(?![A-Za-z0-9_]))|(?<number>0x[0-9A-Fa-f]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"""
        + """|(?<name>[A-Za-z_:][A-Za-z0-9_:.]*)|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)|(?<sign>==|!=|>=|<=|=~|!~|[-+*/%^<>=(){}\[\],:@]))""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
