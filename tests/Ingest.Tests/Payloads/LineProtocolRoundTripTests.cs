using System.Globalization;
using System.Text;
using Fengsui.Ingest.Tests.Payloads.Support;

namespace Fengsui.Ingest.Tests.Payloads;

/// <summary>What is written by the rules of the format is read back, whatever names and values are; a text of lines is its lines.</summary>
public sealed class LineProtocolRoundTripTests
{
    private const int Lines = 3_000;
    private const string NameLetters = "ab,= \\\"温#é0.";
    private const string TextLetters = "ab,= \\\"\n#温";

    private const string Configuration = """
        payloads:
          - { name: lines, topics: lines, form: line-protocol, text: ignore, metric: measurement.field }
        """;

    [Fact]
    public void Names_values_and_texts_are_read_back_as_they_were_written()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("FENGSUI_SEED") ?? "4711", CultureInfo.InvariantCulture);
        var random = new Random(seed);
        using var fixture = new PayloadFixture(Configuration, new() { MaxMetrics = 60_000, MaxNewMetricsPerDevice = 60_000 });
        var (all, rows) = (new StringBuilder(), new List<string>());
        for (var i = 0; i < Lines; i++)
        {
            var (line, row) = Make(random);
            var batch = fixture.Send("lines", line);
            var found = fixture.Text(batch) + string.Concat(batch.Letters.Select(letter => " " + letter.Reason));
            Assert.True(row == found, $"seed {seed}, line {i}: {line} was read as {found}, not {row}");
            all.Append(line).Append(i % 3 == 0 ? "\r\n" : "\n");
            rows.AddRange(row.Length > 0 ? [row] : []);
            if (i % 50 == 49)
            {
                Assert.Equal(string.Join("; ", rows), fixture.Rows("lines", all.ToString()));
                all.Clear();
                rows.Clear();
            }
        }
    }

    private static (string Line, string Row) Make(Random random)
    {
        var (measurement, device) = (Name(random), Name(random).Replace('#', 'h'));
        var line = new StringBuilder(Escaped(measurement, ", "));
        line.Append(",x\\ y=").Append(Escaped(Name(random), ",= ")).Append(",device=").Append(Escaped(device, ",= "));
        var fields = new List<string>();
        var timeMs = random.Next(1_000) - 500;
        var row = new StringBuilder(FormattableString.Invariant($"{device}@{timeMs}:"));
        for (var i = 0; i < 1 + random.Next(4); i++)
        {
            // A number behind each name, so that no name comes twice.
            var name = Name(random) + i.ToString(CultureInfo.InvariantCulture);
            var number = Math.Round((random.NextDouble() - 0.5) * 2_000, random.Next(6));
            var whole = random.NextInt64();
            var (written, read) = random.Next(4) switch
            {
                0 => (number.ToString("R", CultureInfo.InvariantCulture), number),
                1 => (whole.ToString(CultureInfo.InvariantCulture) + "i", (double)whole),
                2 => random.Next(2) == 0 ? ("true", 1) : ("F", 0),
                _ => ("\"" + Text(random) + "\"", double.NaN),
            };
            fields.Add(Escaped(name, ",= ") + "=" + written);
            row.Append(double.IsNaN(read) ? "" : FormattableString.Invariant($" {measurement}.{name}={read:R}"));
        }

        line.Append(' ').AppendJoin(',', fields).Append(' ').Append(Admission.IntakeFixture.Now + timeMs).Append("000000");
        return (line.ToString(), row.ToString().EndsWith(':') ? "" : row.ToString());
    }

    /// <summary>A backslash at the end, or before a letter that is escaped, cannot be written in this format.</summary>
    private static string Name(Random random)
    {
        var name = new StringBuilder();
        var length = 1 + random.Next(6);
        while (name.Length < length)
        {
            var letter = NameLetters[random.Next(NameLetters.Length)];
            var follows = name.Length > 0 && name[^1] == '\\';
            name.Append(follows && letter is ',' or '=' or ' ' or '\\' ? 'z' : letter);
        }

        // Not a comment, and no blank at the ends, which is trimmed.
        return "n" + name + "m";
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder("t");
        for (var i = random.Next(6); i > 0; i--)
        {
            var letter = TextLetters[random.Next(TextLetters.Length)];
            text.Append(letter is '"' or '\\' ? "\\" + letter : letter.ToString());
        }

        return text.ToString();
    }

    private static string Escaped(string name, string special) =>
        string.Concat(name.Select(letter => special.Contains(letter, StringComparison.Ordinal) ? "\\" + letter : letter.ToString()));
}
