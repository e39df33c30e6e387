using Fengsui.Ingest.Tests.Decoding;
using Fengsui.Ingest.Tests.Payloads.Support;
using Fengsui.Ingest.Tests.Sources;

namespace Fengsui.Ingest.Tests.Payloads;

/// <summary>Bad input is never an exception; what was staged balances; memory stays flat.</summary>
[Collection(AloneCollection.Name)]
public sealed class HostilePayloadTests
{
    private const int Mutations = 100_000;
    private const long MaxGrowthBytes = 48 << 20;

    public static TheoryData<int> Samples() => [.. Enumerable.Range(0, SamplePayloads.All.Count)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_sample_is_stored_whole(int sample)
    {
        using var fixture = new PayloadFixture(SamplePayloads.Configuration);
        foreach (var (topic, payload) in SamplePayloads.All.Take(sample + 1))
        {
            var batch = fixture.Send(topic, payload);
            Assert.Empty(batch.Letters);
            Assert.NotEmpty(batch.Rows);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_prefix_stages_a_part_at_most_and_leaves_the_connection_usable(int sample)
    {
        using var fixture = new PayloadFixture(SamplePayloads.Configuration);
        var (topic, payload) = SamplePayloads.All[sample];
        for (var length = 0; length < payload.Length; length++)
        {
            fixture.Send(topic, payload[..length]);
        }

        foreach (var (good, whole) in SamplePayloads.All)
        {
            Assert.NotEmpty(fixture.Send(good, whole).Rows);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_prefix_of_a_structured_message_is_a_dead_letter(int sample)
    {
        var (topic, payload) = SamplePayloads.All[sample];
        if (topic.StartsWith("lines", StringComparison.Ordinal) || topic.StartsWith("spBv1.0", StringComparison.Ordinal))
        {
            // A line, and a message of Protocol Buffers, may end at many places.
            return;
        }

        using var fixture = new PayloadFixture(SamplePayloads.Configuration);
        for (var length = 0; length < payload.Length; length++)
        {
            var batch = fixture.Send(topic, payload[..length]);
            Assert.Empty(batch.Rows);
            Assert.Single(batch.Letters);
        }
    }

    [Fact]
    public void Damaged_messages_cost_no_exception_and_no_memory_and_balance()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("FENGSUI_MUTATIONS") ?? $"{Mutations}", System.Globalization.CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("FENGSUI_SEED") ?? "20261125", System.Globalization.CultureInfo.InvariantCulture);
        var random = new Random(seed);
        using var fixture = new PayloadFixture(SamplePayloads.Configuration, new() { MaxDevices = 1_000, MaxMetrics = 1_000 });
        var (rows, letters, before) = (0, 0, 0L);
        for (var i = 0; i < count; i++)
        {
            var (topic, payload) = SamplePayloads.All[i % SamplePayloads.All.Count];
            for (var damages = 1 + random.Next(3); damages > 0; damages--)
            {
                payload = Mutation.Of(payload, random);
            }

            // Reading the batch checks its sums.
            var batch = fixture.Send(topic, payload);
            rows += batch.Rows.Count;
            letters += batch.Letters.Count;
            fixture.Intake.ClockMs += 2;
            fixture.Published.Clear();
            before = i == count / 4 ? GC.GetTotalMemory(forceFullCollection: true) : before;
        }

        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(rows > count / 20 && letters > count / 20, $"seed {seed}: {rows} rows, {letters} letters: the damage proves nothing");
        Assert.True(growth < MaxGrowthBytes, $"seed {seed}: memory grew by {growth} bytes");
    }
}
