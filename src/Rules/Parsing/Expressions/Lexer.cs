using System.Globalization;
using Fengsui.Rules.Binding;

namespace Fengsui.Rules.Parsing.Expressions;

/// <summary>Cuts an expression into tokens. A unit can only follow a number, which is what makes <c>80 km/h</c> one value and <c>a / h</c> a division.</summary>
internal sealed class Lexer(string source, ExpressionErrors errors)
{
    /// <summary>Bound on one expression, and so on the depth of its tree.</summary>
    public const int MaxTokens = 512;

    private static readonly Dictionary<string, TokenKind> Words = new(StringComparer.Ordinal)
    {
        ["and"] = TokenKind.And,
        ["or"] = TokenKind.Or,
        ["not"] = TokenKind.Not,
        ["true"] = TokenKind.True,
        ["false"] = TokenKind.False,
    };

    // Longer signs first.
    private static readonly (string Sign, TokenKind Kind)[] Signs =
    [
        (">=", TokenKind.GreaterOrEqual), ("<=", TokenKind.LessOrEqual), ("==", TokenKind.Equal), ("!=", TokenKind.NotEqual),
        (">", TokenKind.Greater), ("<", TokenKind.Less), ("+", TokenKind.Plus), ("-", TokenKind.Minus),
        ("*", TokenKind.Star), ("/", TokenKind.Slash), ("(", TokenKind.Open), (")", TokenKind.Close), (",", TokenKind.Comma),
    ];

    // What other languages write, read as what it means so that the rest is checked too.
    private static readonly (string Sign, TokenKind Kind, string Ours)[] Foreign =
    [
        ("&&", TokenKind.And, "and"), ("||", TokenKind.Or, "or"), ("<>", TokenKind.NotEqual, "!="), ("=>", TokenKind.GreaterOrEqual, ">="),
        ("=<", TokenKind.LessOrEqual, "<="), ("≥", TokenKind.GreaterOrEqual, ">="), ("≤", TokenKind.LessOrEqual, "<="),
        ("≠", TokenKind.NotEqual, "!="), ("&", TokenKind.And, "and"), ("|", TokenKind.Or, "or"),
    ];

    private readonly List<Token> _tokens = [];
    private int _at;

    public List<Token> Read()
    {
        while (SkipSpace() && _tokens.Count < MaxTokens)
        {
            ReadToken();
        }

        if (_at < source.Length)
        {
            errors.Error(_at, DiagnosticCodes.ExpressionLimit, "the expression is too long", $"at most {MaxTokens} words and signs");
        }

        _tokens.Add(new Token(TokenKind.End, source.TrimEnd().Length, ""));
        return _tokens;
    }

    private bool SkipSpace()
    {
        while (_at < source.Length && char.IsWhiteSpace(source[_at]))
        {
            _at++;
        }

        return _at < source.Length;
    }

    private void ReadToken()
    {
        var c = source[_at];
        if (_tokens.Count > 0 && _tokens[^1].Kind == TokenKind.Number && TryReadUnit())
        {
            return;
        }

        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < source.Length && char.IsAsciiDigit(source[_at + 1])))
        {
            ReadNumber();
        }
        else if (char.IsLetter(c) || c == '_')
        {
            ReadName();
        }
        else if (c is '`' or '"' or '\'')
        {
            ReadQuoted(c);
        }
        else if (!TryReadForeign() && !TryReadSign())
        {
            var hint = c switch { '=' => "; did you mean '=='?", '!' => "; did you mean 'not'?", _ => "" };
            errors.Error(_at, DiagnosticCodes.ExpressionSyntax, $"'{c}' means nothing here{hint}");
            _tokens.AddRange(c switch
            {
                '=' => [new Token(TokenKind.Equal, _at, "=")],
                '!' => [new Token(TokenKind.Not, _at, "!")],
                _ => Array.Empty<Token>(),
            });
            _at++;
        }
    }

    private void ReadNumber()
    {
        var end = _at;
        while (end < source.Length && (char.IsAsciiDigit(source[end]) || source[end] == '.' || IsExponent(end)))
        {
            end += IsExponent(end) ? 2 : 1;
        }

        var text = source[_at..end];
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            errors.Error(_at, DiagnosticCodes.ExpressionSyntax, $"'{text}' is not a number", "a number such as 30, 0.5 or 1e3");
        }

        _tokens.Add(new Token(TokenKind.Number, _at, text, value));
        _at = end;
    }

    /// <summary><c>1e3</c>, <c>1E-3</c>; not <c>1 eV</c>.</summary>
    private bool IsExponent(int at) =>
        at > _at && source[at] is 'e' or 'E' && at + 1 < source.Length
        && (char.IsAsciiDigit(source[at + 1]) || (source[at + 1] is '+' or '-' && at + 2 < source.Length && char.IsAsciiDigit(source[at + 2])));

    private bool TryReadUnit()
    {
        var known = UnitTable.LongestAt(source, _at);
        var end = _at;
        while (known is null && end < source.Length && IsUnitCharacter(source[end]))
        {
            end++;
        }

        var text = known ?? source[_at..end];
        if (text.Length == 0 || text[0] == '/' || Words.ContainsKey(text.ToLowerInvariant()) || text is "followed" or "within" or "by")
        {
            return false;
        }

        _tokens.Add(new Token(TokenKind.Unit, _at, text));
        _at += text.Length;
        return true;
    }

    private static bool IsUnitCharacter(char c) => char.IsLetterOrDigit(c) || c is '°' or '%' or '‰' or '/' or '_';

    private void ReadName()
    {
        var end = _at;
        while (end < source.Length && (char.IsLetterOrDigit(source[end]) || source[end] is '_' or '.'))
        {
            end++;
        }

        var text = source[_at..end];
        if (text.EndsWith('.') || text.Contains("..", StringComparison.Ordinal))
        {
            errors.Error(_at, DiagnosticCodes.ExpressionSyntax, $"'{text}' is not the name of a metric", "a name such as gas.co");
        }

        _tokens.Add(new Token(Words.GetValueOrDefault(text, TokenKind.Name), _at, text));
        _at = end;
    }

    private void ReadQuoted(char quote)
    {
        var end = source.IndexOf(quote, _at + 1);
        if (end <= _at + 1)
        {
            var problem = end < 0 ? "is never closed" : "holds nothing";
            errors.Error(_at, DiagnosticCodes.ExpressionSyntax, $"the {(quote == '`' ? "name" : "text")} that begins here {problem}");
            end = end < 0 ? source.Length : end;
        }

        var kind = quote == '`' ? TokenKind.Name : TokenKind.Text;
        _tokens.Add(new Token(kind, _at, source[(_at + 1)..end]));
        _at = Math.Min(end + 1, source.Length);
    }

    private bool TryReadForeign()
    {
        foreach (var (sign, kind, ours) in Foreign)
        {
            if (string.CompareOrdinal(source, _at, sign, 0, sign.Length) == 0)
            {
                errors.Error(_at, DiagnosticCodes.ExpressionSyntax, $"'{sign}' means nothing here; did you mean '{ours}'?");
                _tokens.Add(new Token(kind, _at, sign));
                _at += sign.Length;
                return true;
            }
        }

        return false;
    }

    private bool TryReadSign()
    {
        foreach (var (sign, kind) in Signs)
        {
            if (string.CompareOrdinal(source, _at, sign, 0, sign.Length) == 0)
            {
                _tokens.Add(new Token(kind, _at, sign));
                _at += sign.Length;
                return true;
            }
        }

        return false;
    }
}
