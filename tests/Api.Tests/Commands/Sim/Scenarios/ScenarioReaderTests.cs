using Fengsui.Scenarios;
using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Reading;

namespace Fengsui.Api.Tests.Commands.Sim.Scenarios;

public sealed class ScenarioReaderTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1h30m", 5_400)]
    [InlineData("2 * (3 + 4) - 1", 13)]
    [InlineData("10 - 4 - 3", 3)]
    [InlineData("12 / 4 / 3", 1)]
    [InlineData("-2 * -(1 + 1)", 4)]
    [InlineData("0.5 + 500ms", 1)]
    public void Amounts_are_sums_and_products_of_numbers_and_durations(string text, double expected)
    {
        var amount = AmountParser.Parse(text, new HashSet<string>(), out var mistake);

        Assert.Equal(("", expected), (mistake, amount!.Of(new DrawnValues())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 +")]
    [InlineData("(1")]
    [InlineData("1 2")]
    [InlineData("onste")]
    [InlineData("3x")]
    public void What_is_no_amount_is_said(string text)
    {
        Assert.Null(AmountParser.Parse(text, new HashSet<string> { "onset" }, out var mistake));
        Assert.NotEmpty(mistake);
    }

    [Fact]
    public void Every_mistake_of_a_file_is_found_at_once_with_its_place()
    {
        var mistakes = ScenarioText.Mistakes(ScenarioText.With("""
            draws: { onset: { from: 1m, to: 2m }, hot: { among: [g-1, g-3] } }
            timeline:
              - { at: onste, ramp: { of: g-1, metric: lel, by: 3 } }
              - { at: onset, ramp: { of: g-9, metric: lel, by: 3 } }
              - { at: onset, ramp: { of: g-1, metric: le, by: 3 } }
              - { at: onset, rmap: { of: g-1, metric: lel, by: 3 } }
            truth:
              - { rule: CombustibleGas, of: g-1, tier: majr, from: onset, early: 0s, late: 1s }
              - { rule: a/B, of: g-1, tier: major, early: 0s, late: 1s }
            quite: []
            """));

        string[] expected =
        [
            "'onste' is neither", "'g-9', which is not declared; did you mean 'g-1'?", "'le' is no metric of g-1; did you mean 'lel'?", "did you mean 'ramp'?",
            "'CombustibleGas' names no rule", "did you mean 'major'?", "either a law of a quantity or a time", "unknown key 'quite' in a scenario; did you mean 'quiet'?", "may give 'g-3'",
        ];
        Assert.All(expected, text => Assert.Contains(mistakes, mistake => mistake.Message.Contains(text, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, mistakes.Count);
        Assert.All(mistakes, mistake => Assert.True(mistake.Line > 0 && mistake.Column > 0));
    }

    [Fact]
    public void Whatever_a_file_holds_nothing_is_thrown()
    {
        var whole = ShippedScenarios.Text("truck-leaves-corridor")!;
        for (var length = 0; length < whole.Length; length += 23)
        {
            ScenarioReader.Read("cut.yaml", whole[..length], out _);
            ScenarioReader.Read("hole.yaml", whole.Remove(length, Math.Min(17, whole.Length - length)), out _);
        }
    }

    [Fact]
    public void What_is_no_number_with_a_seed_and_what_would_not_end_is_refused()
    {
        var divided = ScenarioText.Read(ScenarioText.With("draws: { x: { from: 0, to: 0 } }\ntimeline: [{ at: 1 / x, ramp: { of: g-1, metric: lel, by: 1 } }]"));
        var endless = ScenarioText.Read(ScenarioText.With("", lasts: "48h").Replace("every: 1s,", "every: 10ms,", StringComparison.Ordinal));

        Assert.Contains("'1 / x'", Assert.Throws<InvalidDataException>(() => new ScenarioRun(divided, 1, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("at most 2000000", Assert.Throws<InvalidDataException>(() => new ScenarioRun(endless, 1, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plume_that_reaches_nobody_is_a_mistake()
    {
        var mistake = Assert.Single(ScenarioText.Mistakes(ScenarioText.With(
            "timeline: [{ at: 1m, plume: { zone: z, metric: lel, east: 0, north: 0, wind: 1, toward: 90, peak: 50, width: 3 } }]")));

        Assert.Contains("reaches no device", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_draw_never_gives_what_it_must_differ_from_and_every_word_in_time()
    {
        var scenario = ScenarioText.Read(ScenarioText.With("draws: { hot: { among: [g-1, g-2] }, calm: { among: [g-1, g-2], not: hot }, x: { from: 3, to: 5 } }"));
        var drawn = Enumerable.Range(0, 50).Select(seed => new ScenarioRun(scenario, (ulong)seed, 0).Truth.Drawn.ToDictionary()).ToList();

        Assert.All(drawn, one => Assert.NotEqual(one["hot"], one["calm"]));
        Assert.Equal(["g-1", "g-2"], drawn.Select(one => one["hot"]).Distinct().Order());
        Assert.All(drawn, one => Assert.InRange(double.Parse(one["x"], System.Globalization.CultureInfo.InvariantCulture), 3, 5));
    }
}
