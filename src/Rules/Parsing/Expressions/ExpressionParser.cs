namespace Fengsui.Rules.Parsing.Expressions;

/// <summary>
/// A Pratt parser. Binding from loose to tight: <c>or</c>, <c>and</c>, <c>not</c>, comparison, <c>+ -</c>, <c>* /</c>, sign.
/// Stops at the first mistake of an expression, since what follows one is guesswork.
/// </summary>
internal sealed class ExpressionParser
{
    /// <summary>Bound on parentheses and signs within each other.</summary>
    public const int MaxDepth = 32;

    private const int NotPower = 3;
    private const int ComparisonPower = 4;
    private const int SignPower = 7;

    private readonly string _source;
    private readonly List<Token> _tokens;
    private readonly ExpressionErrors _errors;
    private int _at;
    private int _depth;

    private ExpressionParser(string source, List<Token> tokens, ExpressionErrors errors)
    {
        _source = source;
        _tokens = tokens;
        _errors = errors;
    }

    private Token Current => _tokens[_at];

    /// <summary>Null, with at least one diagnostic, when the text is not an expression.</summary>
    public static Syntax? Parse(string source, ExpressionErrors errors)
    {
        var parser = new ExpressionParser(source, new Lexer(source, errors).Read(), errors);
        var hadErrors = errors.Any;
        var syntax = parser.ReadAll();
        return hadErrors ? null : syntax;
    }

    private Syntax? ReadAll()
    {
        var syntax = ReadSequence();
        if (syntax is null || Current.Kind == TokenKind.End)
        {
            return syntax;
        }

        var hint = Current.Kind == TokenKind.Name ? NearMiss.Hint(Current.Text, ["and", "or", "not", "followed"]) : "";
        var unclosed = Current.Kind == TokenKind.Close ? "a '(' before this ')'" : "'and', 'or', an operator or the end";
        return Fail($"{Current.Describe()} cannot stand here{hint}", unclosed);
    }

    /// <summary><c>a followed by b within 10s</c>, <c>a not followed by b within 10s</c>, else an expression. Binds loosest of all.</summary>
    private Syntax? ReadSequence()
    {
        var first = Current;
        if (ReadExpression(0) is not { } left)
        {
            return null;
        }

        var isNegated = Current.Kind == TokenKind.Not && IsWord(_tokens[_at + 1], "followed");
        if (!isNegated && !IsWord(Current, "followed"))
        {
            return left;
        }

        _at += isNegated ? 2 : 1;
        if (!ExpectWord("by") || ReadExpression(0) is not { } right || !ExpectWord("within") || ReadDuration() is not { } within)
        {
            return null;
        }

        return new CallSyntax(first.Start, isNegated ? "not_followed" : "followed", [left, right, within], _source[first.Start..EndOf(_tokens[_at - 1])]);
    }

    private NumberSyntax? ReadDuration()
    {
        if (Current.Kind == TokenKind.Number && _tokens[_at + 1].Kind == TokenKind.Unit)
        {
            var number = Next();
            return new NumberSyntax(number.Start, number.Number, Next());
        }

        Fail($"{Current.Describe()} cannot stand here", "a duration such as 10s or 5 min");
        return null;
    }

    private bool ExpectWord(string word)
    {
        if (IsWord(Current, word))
        {
            Next();
            return true;
        }

        Fail($"{Current.Describe()} cannot stand here{NearMiss.Hint(Current.Text, [word])}", $"'{word}': a followed by b within 10s");
        return false;
    }

    private static bool IsWord(Token token, string word) => token.Kind == TokenKind.Name && token.Text == word;

    private static int EndOf(Token token) => token.Start + token.Text.Length;

    private Syntax? ReadExpression(int power)
    {
        if (++_depth > MaxDepth)
        {
            _errors.Error(Current.Start, DiagnosticCodes.ExpressionLimit, "the expression is nested too deeply", $"at most {MaxDepth} levels");
            return null;
        }

        var left = ReadOperand();
        while (left is not null && PowerOf(Current.Kind) is var next && next > power)
        {
            left = ReadBinary(left, next);
        }

        _depth--;
        return left;
    }

    private BinarySyntax? ReadBinary(Syntax left, int power)
    {
        var op = Next();
        if (power == ComparisonPower && left is BinarySyntax { InParentheses: false } inner && PowerOf(inner.Operator.Kind) == power)
        {
            _errors.Error(op.Start, DiagnosticCodes.ExpressionSyntax, "comparisons cannot be chained", "two comparisons joined by 'and'");
            return null;
        }

        return ReadExpression(power) is { } right ? new BinarySyntax(op, left, right) : null;
    }

    private Syntax? ReadOperand()
    {
        var token = Next();
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new NumberSyntax(token.Start, token.Number, Current.Kind == TokenKind.Unit ? Next() : null);
            case TokenKind.True or TokenKind.False:
                return new BooleanSyntax(token.Start, token.Kind == TokenKind.True);
            case TokenKind.Text:
                return new TextSyntax(token.Start, token.Text);
            case TokenKind.Name when Current.Kind == TokenKind.Open:
                return ReadCall(token);
            case TokenKind.Name:
                return new NameSyntax(token.Start, token.Text);
            case TokenKind.Not or TokenKind.Minus:
                var power = token.Kind == TokenKind.Not ? NotPower : SignPower;
                return ReadExpression(power) is { } operand ? new UnarySyntax(token.Start, token.Kind, operand) : null;
            case TokenKind.Open:
                return ReadParentheses();
            default:
                _at--;
                return Fail($"{token.Describe()} cannot stand here", "a metric, a number or '('");
        }
    }

    private Syntax? ReadParentheses()
    {
        if (ReadSequence() is not { } inner || !Expect(TokenKind.Close, "')' or an operator"))
        {
            return null;
        }

        return inner is BinarySyntax binary ? binary with { InParentheses = true } : inner;
    }

    private CallSyntax? ReadCall(Token name)
    {
        Next();
        var arguments = new List<Syntax>();
        while (Current.Kind != TokenKind.Close || arguments.Count > 0)
        {
            if (ReadSequence() is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
            if (Current.Kind != TokenKind.Comma)
            {
                break;
            }

            Next();
        }

        return Expect(TokenKind.Close, "',' or ')'") ? new CallSyntax(name.Start, name.Text, arguments, WrittenFrom(name)) : null;
    }

    private string WrittenFrom(Token first) => _source[first.Start..(_tokens[_at - 1].Start + 1)];

    private bool Expect(TokenKind kind, string expected)
    {
        if (Current.Kind == kind)
        {
            Next();
            return true;
        }

        Fail($"{Current.Describe()} cannot stand here", expected);
        return false;
    }

    private Syntax? Fail(string message, string expected)
    {
        _errors.Error(Current.Start, DiagnosticCodes.ExpressionSyntax, message, expected);
        return null;
    }

    private Token Next() => _tokens[_at++];

    private static int PowerOf(TokenKind kind) => kind switch
    {
        TokenKind.Or => 1,
        TokenKind.And => 2,
        >= TokenKind.Greater and <= TokenKind.NotEqual => ComparisonPower,
        TokenKind.Plus or TokenKind.Minus => 5,
        TokenKind.Star or TokenKind.Slash => 6,
        _ => 0,
    };
}
