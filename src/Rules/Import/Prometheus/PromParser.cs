namespace Fengsui.Rules.Import.Prometheus;

/// <summary>Parses PromQL: selectors, functions, aggregations and operators. Sub-queries are not read.</summary>
internal sealed class PromParser
{
    /// <summary>Bound on parentheses within each other.</summary>
    private const int MaxDepth = 64;

    private static readonly string[] Aggregations = ["sum", "min", "max", "avg", "count", "group", "stddev", "stdvar", "topk", "bottomk", "quantile", "count_values"];
    private static readonly string[] Comparisons = ["==", "!=", ">", "<", ">=", "<="];

    private readonly List<PromToken> _tokens;
    private int _at;
    private int _depth;

    private PromParser(List<PromToken> tokens) => _tokens = tokens;

    /// <summary>Why it is not read, and where; null when it is.</summary>
    public (int At, string Message)? Failure { get; private set; }

    private PromToken Current => _tokens[_at];

    public static (PromNode? Node, (int At, string Message)? Failure) Parse(string text)
    {
        var parser = new PromParser(PromLexer.Read(text));
        var node = parser.ReadExpression(0);
        if (node is not null && parser.Current.Kind != 'e')
        {
            node = parser.Fail("cannot be read");
        }

        return (node, parser.Failure);
    }

    private PromNode? ReadExpression(int power)
    {
        if (++_depth > MaxDepth)
        {
            return Fail("is nested too deeply");
        }

        var left = ReadOperand();
        while (left is not null && PowerOf(Current) is var next && next > power)
        {
            left = ReadBinary(left, next);
        }

        _depth--;
        return left;
    }

    private PromBinary? ReadBinary(PromNode left, int power)
    {
        var op = Next();
        var isBool = Comparisons.Contains(op.Text) && Skip("bool");
        var hasMatching = false;
        while (Current.Kind == 'i' && Current.Text is "on" or "ignoring" or "group_left" or "group_right")
        {
            Next();
            hasMatching = true;
            if (Current.Text == "(" && ReadNames() is null)
            {
                return null;
            }
        }

        return ReadExpression(power) is { } right ? new PromBinary(op.Start, op.Text, isBool, hasMatching, left, right) : null;
    }

    private PromNode? ReadOperand()
    {
        var token = Next();
        switch (token.Kind)
        {
            case 'n':
                return new PromNumber(token.Start, token.Text);
            case 's':
                return new PromText(token.Start, token.Text);
            case 'i' when Aggregations.Contains(token.Text) && Current.Text is "(" or "by" or "without":
                return ReadAggregate(token);
            case 'i' when Current.Text == "(":
                return ReadArguments() is { } arguments ? new PromCall(token.Start, token.Text, arguments) : null;
            case 'i':
                return ReadSelector(token.Start, token.Text);
            case 'o' when token.Text == "{":
                _at--;
                return ReadSelector(token.Start, "");
            case 'o' when token.Text is "-" or "+":
                return ReadExpression(5) is { } operand ? token.Text == "-" ? new PromNegation(token.Start, operand) : operand : null;
            case 'o' when token.Text == "(":
                return ReadExpression(0) is { } inner && Expect(")") ? inner : null;
            default:
                return Fail("cannot be read", token);
        }
    }

    private PromAggregate? ReadAggregate(PromToken operation)
    {
        IReadOnlyList<string>? by = null;
        if (!TryReadGrouping(ref by) || ReadArguments() is not { } arguments || !TryReadGrouping(ref by))
        {
            return null;
        }

        return new PromAggregate(operation.Start, operation.Text, by, arguments);
    }

    private bool TryReadGrouping(ref IReadOnlyList<string>? by)
    {
        if (Current is not { Kind: 'i', Text: "by" or "without" })
        {
            return true;
        }

        var isBy = Next().Text == "by";
        var names = ReadNames();
        by = isBy ? names : ["without"];
        return names is not null;
    }

    private List<string>? ReadNames()
    {
        var names = new List<string>();
        if (!Expect("("))
        {
            return null;
        }

        while (Current.Kind == 'i')
        {
            names.Add(Next().Text);
            Skip(",");
        }

        return Expect(")") ? names : null;
    }

    private List<PromNode>? ReadArguments()
    {
        var arguments = new List<PromNode>();
        if (!Expect("("))
        {
            return null;
        }

        while (Current.Text != ")" || Current.Kind != 'o')
        {
            if (ReadExpression(0) is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
            if (!Skip(","))
            {
                break;
            }
        }

        return Expect(")") ? arguments : null;
    }

    private PromSelector? ReadSelector(int start, string metric)
    {
        var matchers = new List<PromMatcher>();
        if (Skip("{"))
        {
            while (Current.Kind is 'i' or 's')
            {
                var label = Next().Text;
                var op = Next();
                if (op.Text is not ("=" or "!=" or "=~" or "!~") || Current.Kind != 's')
                {
                    Fail("cannot be read", op);
                    return null;
                }

                matchers.Add(new PromMatcher(label, op.Text, Next().Text));
                Skip(",");
            }

            if (!Expect("}"))
            {
                return null;
            }
        }

        return ReadRange(start, metric, matchers);
    }

    private PromSelector? ReadRange(int start, string metric, List<PromMatcher> matchers)
    {
        long? range = null;
        if (Skip("["))
        {
            if (!PromDuration.TryParse(Current.Text, out var ms))
            {
                Fail("is not a duration");
                return null;
            }

            Next();
            range = ms;
            if (Current.Text.StartsWith(':'))
            {
                Fail("begins a sub-query, which rules do not have");
                return null;
            }

            if (!Expect("]"))
            {
                return null;
            }
        }

        var isMoved = false;
        while (Current.Text is "offset" or "@")
        {
            isMoved = true;
            Next();
            Skip("-");
            Next();
        }

        return new PromSelector(start, metric, matchers, range, isMoved);
    }

    private bool Skip(string text)
    {
        var isThere = Current.Kind is 'o' or 'i' && Current.Text == text;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private bool Expect(string text)
    {
        if (Skip(text))
        {
            return true;
        }

        Fail($"stands where '{text}' was expected");
        return false;
    }

    private PromNode? Fail(string message, PromToken? at = null)
    {
        var token = at ?? Current;
        Failure ??= (token.Start, $"{(token.Kind == 'e' ? "the end" : $"'{token.Text}'")} {message}");
        return null;
    }

    /// <summary>The end is never passed.</summary>
    private PromToken Next()
    {
        var token = Current;
        _at = Math.Min(_at + 1, _tokens.Count - 1);
        return token;
    }

    private static int PowerOf(PromToken token) => (token.Kind, token.Text) switch
    {
        ('i', "or") => 1,
        ('i', "and" or "unless") => 2,
        ('o', "==" or "!=" or ">" or "<" or ">=" or "<=") => 3,
        ('o', "+" or "-") => 4,
        ('o', "*" or "/" or "%") => 5,
        ('i', "atan2") => 5,
        ('o', "^") => 6,
        _ => 0,
    };
}
