using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Storage;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts.Storage;

/// <summary>A desk that is restarted again and again decides, answers and knows what one does that never was.</summary>
public sealed class RestartProperties
{
    private const int Inputs = 250;

    /// <summary>The seed of a case that fails is in the message.</summary>
    [Fact]
    public void A_restart_changes_no_decision_no_answer_and_nothing_that_is_known() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => RunAsync(seed).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    private static async Task RunAsync(int seed)
    {
        var random = new Random(seed);
        await using var steady = new StoredDesk(new AlertLogOptions { SegmentBytes = long.MaxValue });
        await using var restarted = new StoredDesk(new AlertLogOptions { SegmentBytes = random.Next(1, 12_000), RetainBytes = random.Next(2) == 0 ? 15_000 : long.MaxValue });
        var alerts = new RandomAlerts(random, steady.Alerts);
        var journal = new List<PendingTransition>();
        while (journal.Count < Inputs)
        {
            var batch = Batch(random, alerts, steady, out var expected);
            journal.AddRange(batch);
            Same(expected, restarted.Take(batch), seed, journal.Count, "decided");
            if (random.Next(6) == 0)
            {
                restarted.Store.Shorten(alerts.NowMs);
            }

            if (random.Next(8) == 0)
            {
                await restarted.RestartAsync(folder => Damage(folder, random));
                Replay(restarted, journal, random);
                Same(steady.State(), restarted.State(), seed, journal.Count, "known");
            }
        }

        var written = AlertHistory.Read(restarted.Folder).Where(one => one.Number >= restarted.Store.Log.FirstNumber).Select(one => $"{one.Number} {StoredDesk.TextOf(one.Entry)}").ToList();
        var whole = AlertHistory.Read(steady.Folder).Select(one => $"{one.Number} {StoredDesk.TextOf(one.Entry)}").Skip((int)restarted.Store.Log.FirstNumber - 1).ToList();
        Same(whole, written, seed, journal.Count, "logged");
        Assert.True(restarted.Told.Count == 0, $"seed {seed}: {string.Join('\n', restarted.Told)}");
    }

    /// <summary>Some positions at a time, as shards pass them; the steady desk takes each as it comes, since what comes next looks at its book.</summary>
    private static List<PendingTransition> Batch(Random random, RandomAlerts alerts, StoredDesk steady, out List<string> expected)
    {
        var (batch, entries, answers) = (new List<PendingTransition>(), new List<string>(), new List<string>());
        for (var left = random.Next(1, 5); left > 0; left--)
        {
            batch.Add(alerts.Next());
            var result = steady.Take([batch[^1]]);
            entries.AddRange(result.Where(line => line[0] == '{'));
            answers.AddRange(result.Where(line => line[0] != '{'));
            if (batch[^1].Input is CommandInput)
            {
                // Two of one id that wait at a time have one answer.
                break;
            }
        }

        expected = [.. entries, .. answers];
        return batch;
    }

    /// <summary>What a crash may leave: the end of the newest segment is missing, or the newest memory is not whole.</summary>
    private static void Damage(string folder, Random random)
    {
        if (random.Next(3) == 0)
        {
            var newest = AlertSegment.List(folder)[^1].Path;
            var bytes = File.ReadAllBytes(newest);
            File.WriteAllBytes(newest, bytes[..random.Next(bytes.Length + 1)]);
        }

        if (random.Next(4) == 0 && AlertMemoryFile.List(folder) is [{ Path: var memory }, ..])
        {
            var bytes = File.ReadAllBytes(memory);
            File.WriteAllBytes(memory, bytes[..random.Next(bytes.Length)]);
        }
    }

    /// <summary>The journal again from a place that the log has: first the policy that was in force there, then what followed.</summary>
    private static void Replay(StoredDesk desk, List<PendingTransition> journal, Random random)
    {
        var logged = journal.FindIndex(pending => pending.Position > desk.Store.Log.LastPosition);
        var from = random.Next((logged < 0 ? journal.Count : logged) + 1);
        var policy = journal.FindLastIndex(Math.Max(0, from - 1), pending => pending.Input is PolicyInput);
        desk.Take([.. journal.Skip(policy).Take(from > policy ? 1 : 0), .. journal.Skip(from)]);
    }

    private static void Same(List<string> expected, List<string> actual, int seed, int at, string what)
    {
        var differs = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.True(
            expected.Count == actual.Count && differs == expected.Count,
            $"seed {seed}, after {at} inputs, {what}: expected {expected.ElementAtOrDefault(differs) ?? "nothing"}\nbut got {actual.ElementAtOrDefault(differs) ?? "nothing"}");
    }
}
