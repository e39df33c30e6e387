using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Testing;
using Xunit;

namespace Fengsui.Rules.Tests.Testing;

public sealed class SeriesValuesTests
{
    [Theory]
    [InlineData("20", "20")]
    [InlineData("20 -3 +4 1.5e2", "20 -3 4 150")]
    [InlineData("20x2", "20 20 20")]
    [InlineData("20+1x3", "20 21 22 23")]
    [InlineData("20-1x3", "20 19 18 17")]
    [InlineData("-2+4x3", "-2 2 6 10")]
    [InlineData("0.1+0.1x2", "0.1 0.2 0.3")]
    [InlineData("1e3+1e1x1", "1000 1010")]
    [InlineData("_ 1 _x3 2", "_ 1 _ _ _ 2")]
    [InlineData("1 stale 2 stalex2", "1 1 2 2 2")]
    [InlineData("1 badx2 stale", "1 bad bad 1")]
    [InlineData("true falsex1", "1 0 0")]
    [InlineData("20x0 _x0", "20")]
    [InlineData("", "")]
    public void Expands(string values, string expected)
    {
        var (samples, diagnostics) = Read(values);

        Assert.Empty(diagnostics);
        Assert.Equal(expected, string.Join(' ', samples.Select(Text)));
    }

    [Fact]
    public void Positions_may_step_too()
    {
        var (samples, diagnostics) = Read("31.23,121.47+0.001,-0.002x2");

        Assert.Empty(diagnostics);
        Assert.Equal(
            [(31.23, 121.47), (31.231, 121.468), (31.232, 121.466)],
            samples.Select(sample => GeoPosition.Unpack(sample.Value)).Select(position => (position.Latitude, position.Longitude)));
    }

    [Theory]
    [InlineData("1 x5", 12, "'x5' is not a value of a series")]
    [InlineData("1 2x", 12, "'2x' is not a value of a series")]
    [InlineData("1 2x3x4", 12, "'2x3x4' is not a value of a series")]
    [InlineData("stale", 10, "there is no value before this one that could be sent once more")]
    [InlineData("_ bad stale", 16, "there is no value before this one that could be sent once more")]
    [InlineData("1x1000001", 10, "the series has more than 1000000 values")]
    [InlineData("1x99999999999999", 10, "the series has more than 1000000 values")]
    [InlineData("91,0", 10, "this leads to what is not a position: latitude within ±90, longitude within ±180")]
    [InlineData("1,2+1x2", 10, "the value and its step are not both positions")]
    [InlineData("NaN", 10, "'NaN' is not a value of a series")]
    public void Says_where_a_word_is_wrong(string values, int column, string message)
    {
        var (samples, diagnostics) = Read(values);
        var mistake = Assert.Single(diagnostics);

        Assert.Empty(samples);
        Assert.Equal((5, column, message), (mistake.Line, mistake.Column - 10, mistake.Message));
    }

    private static (IReadOnlyList<TestSample> Samples, IReadOnlyList<Diagnostic> Diagnostics) Read(string values)
    {
        var diagnostics = new DiagnosticBag();
        var text = "rule_files: [r.yaml]\ntests:\n  - exp_transitions: []\n    input_series:\n      - { values: '" + values + "', device: d, metric: m }";
        var file = RuleTestReader.Read("t.yaml", text, diagnostics);
        return (file!.Tests[0].Series[0].Samples, diagnostics.ToSortedList());
    }

    private static string Text(TestSample sample) => sample.Kind switch
    {
        TestSampleKind.None => "_",
        TestSampleKind.Bad => "bad",
        _ => sample.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
