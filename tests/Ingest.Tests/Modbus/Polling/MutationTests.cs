using System.Globalization;
using Fengsui.Ingest.Modbus.Polling;
using Fengsui.Ingest.Modbus.Registers;
using Fengsui.Ingest.Tests.Modbus.Codec;
using Fengsui.Ingest.Tests.Modbus.Registers;
using Fengsui.Ingest.Tests.Sources;
using Xunit.Abstractions;

namespace Fengsui.Ingest.Tests.Modbus.Polling;

/// <summary>
/// Damaged answers: no crash, no hang, no value that was not in an answer to this very request, and no memory. <c>FENGSUI_MUTATIONS</c> sets how
/// many (a million takes some seconds), <c>FENGSUI_SEED</c> repeats a run.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int DefaultMutations = 25_000;
    private const int PerConnection = 64;
    private const long MaxGrowthBytes = 8 * 1024 * 1024;

    private static readonly RegisterMap Map = Points.Map(Points.At(0, RegisterType.Float64, periodMs: 100), Points.At(100, periodMs: 100));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damaged_answers_give_no_value_of_theirs(bool serial)
    {
        var mutations = Number("FENGSUI_MUTATIONS", DefaultMutations);
        var seed = Number("FENGSUI_SEED", Random.Shared.Next());
        output.WriteLine($"FENGSUI_SEED={seed}");
        var random = new Random(seed);
        Run(serial, random, mutations / 10);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var published = Run(serial, random, mutations);
        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"{mutations} damaged answers, {published} of them still an answer, memory {growth / 1024} KiB");
        Assert.InRange(growth, long.MinValue, MaxGrowthBytes);
    }

    private static int Run(bool serial, Random random, int mutations)
    {
        var published = 0;
        for (var done = 0; done < mutations;)
        {
            var poll = new PollFixture(new PollOptions { MaxInFlight = serial ? 1 : 4, Timeout = TimeSpan.FromMilliseconds(80) }, serial, (1, Map), (7, Map));
            for (var turn = 0; turn < PerConnection && poll.Session.Fault is null; turn++)
            {
                poll.NowMs = Math.Max(poll.NowMs + 1, poll.NextMs);
                foreach (var request in poll.At(poll.NowMs))
                {
                    var answer = Damage(poll.Answer(request, (ushort)random.Next(65_536)), random);
                    poll.Hear(answer);
                    done++;
                    published += Check(poll, serial);
                }
            }
        }

        return published;
    }

    /// <summary>What was published stands, bit for bit, in what was heard since the last look, or in what was heard before and not whole then.</summary>
    private static int Check(PollFixture poll, bool serial)
    {
        var values = 0;
        foreach (var line in poll.Outcome.Lines.Where(line => line.Contains('=', StringComparison.Ordinal)))
        {
            values++;
            var unit = byte.Parse(line[..line.IndexOf('@', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
            var data = line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..];
            Assert.Contains(unit, new byte[] { 1, 7 });
            Assert.True(data.Length is 4 or 16, line);
            var whole = Convert.ToHexString(poll.HeardLast);
            var pdu = $"{unit:X2}03{data.Length / 2:X2}{data}";
            Assert.Contains(pdu, whole, StringComparison.Ordinal);
            if (serial)
            {
                Assert.Contains(Convert.ToHexString(AnswerSamples.Rtu(unit, [3, (byte)(data.Length / 2), .. Convert.FromHexString(data)])), whole, StringComparison.Ordinal);
            }
        }

        poll.Outcome.Lines.Clear();
        return values;
    }

    private static byte[] Damage(byte[] answer, Random random)
    {
        var at = random.Next(answer.Length);
        switch (random.Next(8))
        {
            case 0:
                return answer[..at];
            case 1:
                answer[at] ^= (byte)(1 << random.Next(8));
                return answer;
            case 2:
                answer[at] = (byte)random.Next(256);
                return answer;
            case 3:
                return [.. answer[..at], (byte)random.Next(256), .. answer[at..]];
            case 4:
                return [.. answer[..at], .. answer[(at + 1)..]];
            case 5:
                return [.. answer, .. answer[at..]];
            case 6:
                random.NextBytes(answer.AsSpan(at));
                return answer;
            default:
                return [.. answer, .. answer];
        }
    }

    private static int Number(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : fallback;
}
