using System.Globalization;
using Fengsui.Rules.Parsing.Yaml;
using Fengsui.Scenarios.Model;

namespace Fengsui.Scenarios.Reading;

/// <summary>
/// Reads amounts: numbers, durations and names of draws, with <c>+ - * /</c> and parentheses. <c>onset + 2 * 90s</c>. A duration is a number of seconds.
/// </summary>
internal sealed class AmountParser(string text, IReadOnlySet<string> numbers)
{
    public const string Expected = "a number, a duration such as 90s, the name of a draw, or a sum or product of these";

    private int _at;
    private string? _mistake;

    /// <summary>Null when the text is no amount; then <paramref name="mistake"/> says why.</summary>
    public static Amount? Parse(string text, IReadOnlySet<string> numbers, out string mistake)
    {
        var parser = new AmountParser(text, numbers);
        var value = parser.Sum();
        parser.Skip();
        if (parser._at < text.Length)
        {
            parser._mistake ??= $"'{text[parser._at..]}' is left over";
        }

        mistake = parser._mistake ?? "";
        return parser._mistake is null ? new Amount(text, drawn => Finite(text, value(drawn))) : null;
    }

    private static double Finite(string text, double value) =>
        double.IsFinite(value) ? value : throw new InvalidDataException($"'{text}' is no number with this seed");

    private Func<DrawnValues, double> Sum()
    {
        var left = Product();
        while (TryTake('+', '-') is { } sign)
        {
            var (first, second) = (left, Product());
            left = sign == '+' ? drawn => first(drawn) + second(drawn) : drawn => first(drawn) - second(drawn);
        }

        return left;
    }

    private Func<DrawnValues, double> Product()
    {
        var left = Factor();
        while (TryTake('*', '/') is { } sign)
        {
            var (first, second) = (left, Factor());
            left = sign == '*' ? drawn => first(drawn) * second(drawn) : drawn => first(drawn) / second(drawn);
        }

        return left;
    }

    private Func<DrawnValues, double> Factor()
    {
        if (TryTake('-', '-') is not null)
        {
            var negated = Factor();
            return drawn => -negated(drawn);
        }

        if (TryTake('(', '(') is not null)
        {
            var inner = Sum();
            _mistake ??= TryTake(')', ')') is null ? "a parenthesis is not closed" : null;
            return inner;
        }

        return Word();
    }

    private Func<DrawnValues, double> Word()
    {
        Skip();
        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '.' or '_'))
        {
            _at++;
        }

        var word = text[start.._at];
        if (double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return _ => number;
        }

        if (DurationText.TryParse(word, out var milliseconds))
        {
            return _ => milliseconds / 1_000.0;
        }

        _mistake ??= numbers.Contains(word) ? null : word.Length == 0 ? "a number is missing" : $"'{word}' is neither a number, a duration nor a draw that gives a number";
        return drawn => drawn.Number(word);
    }

    private char? TryTake(char one, char other)
    {
        Skip();
        if (_at == text.Length || (text[_at] != one && text[_at] != other))
        {
            return null;
        }

        return text[_at++];
    }

    private void Skip()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }
    }
}
