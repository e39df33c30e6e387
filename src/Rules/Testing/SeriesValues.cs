using System.Globalization;
using System.Text.RegularExpressions;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Testing;

/// <summary>
/// Expands the values of a series: words with spaces between. <c>20</c> one value; <c>20x3</c> it and three more;
/// <c>20+1x3</c> is 20 21 22 23, <c>20-1x3</c> is 20 19 18 17; <c>_</c> nothing, <c>_x5</c> five times nothing; <c>stale</c> the
/// last value once more under a new time, as a gateway does that lost its sensor; <c>bad</c> a row without a usable value;
/// <c>true</c> and <c>false</c>; a position is <c>31.2304,121.4737</c> and may step too: <c>31.23,121.47+0.001,0x9</c>.
/// </summary>
internal sealed partial class SeriesValues(YamlScalar source, Parsing.DiagnosticBag diagnostics)
{
    private const string Expected = "words such as 20, 20+1x10, 20x5, _, _x5, stale, bad, true or 31.23,121.47";

    private readonly List<TestSample> _samples = [];
    private TestSample _last = TestSample.None;

    /// <summary>Empty, with diagnostics, when any word is wrong.</summary>
    public IReadOnlyList<TestSample> Expand()
    {
        var isRight = true;
        foreach (Match word in Words().Matches(source.Text))
        {
            if (!TryExpand(word.Value, out var mistake))
            {
                isRight = false;
                diagnostics.Error(source.SpotAt(word.Index), DiagnosticCodes.InvalidValue, mistake, Expected);
            }
        }

        return isRight ? _samples : [];
    }

    private bool TryExpand(string word, out string mistake)
    {
        mistake = $"'{word}' is not a value of a series";
        var match = Pattern().Match(word);
        if (!match.Success)
        {
            return false;
        }

        var isCounted = match.Groups["count"].Success;
        var count = 0;
        if (isCounted && !int.TryParse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out count))
        {
            count = int.MaxValue;
        }

        // As in other tools of this kind: a value and count more; but count times nothing.
        var isValue = match.Groups["first"].Success || match.Groups["truth"].Success;
        var times = !isCounted ? 1L : isValue ? count + 1L : count;
        if (_samples.Count + times > RuleTestLimits.MaxSamples)
        {
            mistake = $"the series has more than {RuleTestLimits.MaxSamples} values";
            return false;
        }

        return match.Groups["first"].Success ? TryNumbers(match, times, ref mistake) : TryWord(match, times, ref mistake);
    }

    private bool TryWord(Match match, long times, ref string mistake)
    {
        var word = match.Groups["truth"].Success ? match.Groups["truth"].Value : match.Groups["word"].Value;
        if (word == "stale" && _last.Kind != TestSampleKind.Value)
        {
            mistake = "there is no value before this one that could be sent once more";
            return false;
        }

        var sample = word switch
        {
            "_" => TestSample.None,
            "bad" => TestSample.Bad,
            "stale" => _last,
            _ => new TestSample(TestSampleKind.Value, word == "true" ? 1 : 0),
        };
        _samples.AddRange(Enumerable.Repeat(sample, (int)times));
        _last = sample.Kind == TestSampleKind.Value ? sample : _last;
        return true;
    }

    private bool TryNumbers(Match match, long times, ref string mistake)
    {
        var isPosition = match.Groups["first2"].Success;
        if (match.Groups["step"].Success && match.Groups["step2"].Success != isPosition)
        {
            mistake = "the value and its step are not both positions";
            return false;
        }

        for (var i = 0L; i < times; i++)
        {
            var first = At(match, "first", "step", i);
            if (!isPosition)
            {
                _last = new TestSample(TestSampleKind.Value, first);
            }
            else if (GeoPosition.TryCreate(first, At(match, "first2", "step2", i), out var position))
            {
                _last = new TestSample(TestSampleKind.Value, position.Pack());
            }
            else
            {
                mistake = "this leads to what is not a position: latitude within ±90, longitude within ±180";
                return false;
            }

            _samples.Add(_last);
        }

        return true;
    }

    /// <summary>Through decimal, so that 0.1 times 3 is 0.3 as people write it.</summary>
    private static double At(Match match, string first, string step, long index)
    {
        var start = match.Groups[first].Value;
        var by = match.Groups[step].Success ? match.Groups[step].Value : "0";
        return decimal.TryParse(start, NumberStyles.Float, CultureInfo.InvariantCulture, out var a)
            && decimal.TryParse(by, NumberStyles.Float, CultureInfo.InvariantCulture, out var b)
            && Math.Abs(b) < 1e18m && Math.Abs(a) < 1e18m
            ? (double)(a + (b * index))
            : double.Parse(start, CultureInfo.InvariantCulture) + (double.Parse(by, CultureInfo.InvariantCulture) * index);
    }

    [GeneratedRegex(@"\S+")]
    private static partial Regex Words();

    [GeneratedRegex(
        @"^(?:(?<word>_|stale|bad)|(?<truth>true|false)"
        + @"|(?<first>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?:,(?<first2>[+-]?(?:\d+\.?\d*|\.\d+)))?"
        + @"(?<step>[+-](?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)?(?(step)(?:,(?<step2>[+-]?(?:\d+\.?\d*|\.\d+)))?))"
        + @"(?:x(?<count>\d+))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
