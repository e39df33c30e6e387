namespace Fengsui.Api.Prometheus;

/// <summary>
/// Parses the part of PromQL that is answered: selectors, the <c>…_over_time</c> functions, one level or more of aggregation,
/// and arithmetic of numbers. Everything else is refused with its place.
/// </summary>
internal sealed class PromParser
{
    /// <summary>Bound on the text, and so on what is nested in it.</summary>
    private const int MaxLength = 16 << 10;

    private const int MaxDepth = 16;
    private const string FunctionEnd = "_over_time";

    private static readonly string[] Folds = ["avg", "min", "max", "sum", "count"];

    private readonly PromScanner _scanner;
    private int _depth;

    private PromParser(string text) => _scanner = new PromScanner(text);

    /// <exception cref="PromException">It is not such a question.</exception>
    public static PromExpression Parse(string text)
    {
        if (text.Length > MaxLength)
            throw PromException.BadData($"the query is longer than {MaxLength} characters");
        var parser = new PromParser(text);
        var expression = parser.Sum();
        return parser._scanner.AtEnd ? expression : throw parser._scanner.Wrong("the end of the query");
    }

    /// <summary>A selector alone, as <c>match[]</c> has it.</summary>
    public static PromSelector ParseSelector(string text) =>
        Parse(text) as PromSelector is { RangeMs: null } selector ? selector : throw PromException.BadData($"'{text}' is no series selector");

    private PromExpression Sum()
    {
        var left = Product();
        while (true)
        {
            if (_scanner.Take("+"))
                left = Arithmetic(left, Product(), (a, b) => a + b);
            else if (_scanner.Take("-"))
                left = Arithmetic(left, Product(), (a, b) => a - b);
            else
                return left;
        }
    }

    private PromExpression Product()
    {
        var left = Operand();
        while (true)
        {
            if (_scanner.Take("*"))
                left = Arithmetic(left, Operand(), (a, b) => a * b);
            else if (_scanner.Take("/"))
                left = Arithmetic(left, Operand(), (a, b) => a / b);
            else
                return left;
        }
    }

    private static PromNumber Arithmetic(PromExpression left, PromExpression right, Func<double, double, double> fold) =>
        left is PromNumber one && right is PromNumber other
            ? new PromNumber(fold(one.Value, other.Value))
            : throw PromException.BadData("arithmetic is answered for numbers only, not for series");

    private PromExpression Operand()
    {
        if (++_depth > MaxDepth)
            throw PromException.BadData($"the query is nested deeper than {MaxDepth}");
        var operand = Nested();
        _depth--;
        return operand;
    }

    private PromExpression Nested()
    {
        if (_scanner.Take("("))
        {
            var inner = Sum();
            _scanner.Expect(")");
            return inner;
        }

        if (_scanner.Take("-"))
            return Arithmetic(new PromNumber(0), Operand(), (a, b) => a - b);
        if (_scanner.Number() is { } number)
            return new PromNumber(number);
        return Named(_scanner.Word());
    }

    private PromExpression Named(string? word)
    {
        if (word is not null && Folds.Contains(word) && TryAggregation(word) is { } aggregation)
            return aggregation;
        if (word is null || !_scanner.Take("("))
            return Selector(word);
        var fold = word.EndsWith(FunctionEnd, StringComparison.Ordinal) ? word[..^FunctionEnd.Length] : "";
        if (fold != "last" && !Folds.Contains(fold))
            throw PromException.BadData($"unknown function '{word}': avg, min, max, sum, count and last over time are answered");
        var selector = Sum() as PromSelector is { RangeMs: not null } ranged
            ? ranged
            : throw PromException.BadData($"{word} is asked of a range such as temperature[5m]");
        _scanner.Expect(")");
        return new PromOverTime(fold, selector);
    }

    /// <summary>Null when the word turns out to be the name of a metric.</summary>
    private PromAggregation? TryAggregation(string fold)
    {
        var by = _scanner.Take("by") ? Labels() : null;
        if (!_scanner.Take("("))
            return by is null ? null : throw _scanner.Wrong("\"(\"");
        var inner = Sum();
        _scanner.Expect(")");
        by ??= _scanner.Take("by") ? Labels() : [];
        return inner is PromNumber or PromSelector { RangeMs: not null }
            ? throw PromException.BadData($"{fold} is asked of series at one time, not of a number or a range")
            : new PromAggregation(fold, by, inner);
    }

    private List<string> Labels()
    {
        var labels = new List<string>();
        _scanner.Expect("(");
        while (!_scanner.Take(")"))
        {
            labels.Add(_scanner.NextIsQuote() ? _scanner.Text() : _scanner.Word() ?? throw _scanner.Wrong("the name of a label"));
            if (!_scanner.Take(","))
            {
                _scanner.Expect(")");
                return labels;
            }
        }

        return labels;
    }

    private PromSelector Selector(string? name)
    {
        var matchers = new List<PromMatcher>();
        if (name is not null)
            matchers.Add(new PromMatcher(PromMatcher.NameLabel, "==", name));
        if (_scanner.Take("{"))
            Matchers(matchers);
        if (matchers.Count == 0)
            throw _scanner.Wrong("a metric, a function or a number");
        if (!_scanner.Take("["))
            return new PromSelector(matchers, null);
        var range = _scanner.DurationMs();
        _scanner.Expect("]");
        return new PromSelector(matchers, range);
    }

    private void Matchers(List<PromMatcher> matchers)
    {
        while (!_scanner.Take("}"))
        {
            matchers.Add(Matcher());
            if (_scanner.Take(","))
                continue;
            _scanner.Expect("}");
            return;
        }
    }

    /// <summary>A string alone is the name of the metric: <c>{"gas.co"}</c>.</summary>
    private PromMatcher Matcher()
    {
        var isQuoted = _scanner.NextIsQuote();
        var label = isQuoted ? _scanner.Text() : _scanner.Word() ?? throw _scanner.Wrong("the name of a label");
        foreach (var sign in (string[])["!=", "!~", "=~", "="])
        {
            if (_scanner.Take(sign))
                return new PromMatcher(label, sign.Length == 1 ? "==" : sign, _scanner.Text());
        }

        return isQuoted ? new PromMatcher(PromMatcher.NameLabel, "==", label) : throw _scanner.Wrong("=, !=, =~ or !~");
    }
}
