using System.IO.Compression;
using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Http;
using Fengsui.Ingest.Tests.Sources;

namespace Fengsui.Ingest.Tests.Http;

public sealed class HttpIntakeTests
{
    private const string Ledger = "http/writes";

    [Fact]
    public async Task Good_lines_are_durable_when_the_task_ends_and_bad_ones_are_dead_letters_of_their_own_bytes()
    {
        await using var fixture = await SourceFixture.StartAsync();
        using var intake = new HttpIntake(fixture.Context);
        var outcome = await LinesAsync(intake, "gas,device=d1 co=1,h2s=2\ngas,device=d1 co=\n\ngas co=1\ngas,device=d2 co=3");
        Assert.Equal((4, 2, 2), (outcome.Messages, outcome.Failed, outcome.FirstFailed));
        Assert.Equal(("gas,device=d1 co=", "missing field value", RejectReason.MalformedFrame), (outcome.FirstText, outcome.FirstFault, outcome.FirstReason));
        var ledger = await fixture.LedgerAsync(Ledger);
        Assert.Equal((5, 3, 2), (ledger.Received, ledger.Applied, ledger.DeadLettered));
    }

    [Fact]
    public async Task The_number_of_a_bad_line_counts_on_through_commits()
    {
        await using var fixture = await SourceFixture.StartAsync();
        using var intake = new HttpIntake(fixture.Context);
        var text = new StringBuilder();
        for (var i = 1; i <= 20_000; i++)
        {
            text.Append(i is 15_000 or 19_000 ? "broken\n" : $"gas,device=d{i % 50} co={i},h2s={i}i\n");
        }

        var outcome = await LinesAsync(intake, text.ToString());
        Assert.Equal((20_000, 2, 15_000), (outcome.Messages, outcome.Failed, outcome.FirstFailed));
        Assert.Equal(39_996, (await fixture.LedgerAsync(Ledger)).Applied);
    }

    [Fact]
    public async Task Text_alone_is_no_failure_of_the_writer()
    {
        await using var fixture = await SourceFixture.StartAsync();
        using var intake = new HttpIntake(fixture.Context);
        var outcome = await LinesAsync(intake, "gas,device=d1 note=\"hello\"");
        Assert.Equal((1, 0, RejectReason.UnsupportedValue), (outcome.Messages, outcome.Failed, outcome.Partial));
    }

    [Theory]
    [InlineData("""{"device":"d1","co":1}""", null, 1, 0)]
    [InlineData("""{"ts":1,"co":1}""", "d1", 1, 1)]
    [InlineData("""{"co":1}""", "d1", 1, 0)]
    [InlineData("""[{"co":1},{"co":2}]""", "d1", 1, 0)]
    [InlineData("""[{"device":"d1","values":{"co":1}},{"co":2},{"device":"d2","co":3}]""", null, 3, 1)]
    [InlineData("""[{"device":"d1","co":1},""", null, 2, 1)]
    [InlineData("""[{"device":"d1","co":1}]x""", null, 2, 1)]
    [InlineData("""[]""", null, 1, 1)]
    [InlineData("""{"d1":{"co":1},"d2":[{"co":2}]}""", null, 1, 0)]
    [InlineData("""{"device":{"co":1}}""", null, 1, 0)]
    [InlineData("", null, 1, 1)]
    [InlineData("7", null, 1, 1)]
    public async Task JSON_comes_for_a_device_for_many_or_from_a_gateway(string json, string? device, int messages, int failed)
    {
        await using var fixture = await SourceFixture.StartAsync();
        using var intake = new HttpIntake(fixture.Context);
        var writer = intake.TryBegin()!;
        await writer.ReadAsync(Body(json), "", default);
        var outcome = await writer.WriteJsonAsync(device);
        intake.End(writer, Task.CompletedTask);
        Assert.Equal((messages, failed), (outcome.Messages, outcome.Failed));
    }

    [Fact]
    public async Task Only_so_many_requests_are_taken_at_a_time_and_writers_come_back()
    {
        await using var fixture = await SourceFixture.StartAsync();
        using var intake = new HttpIntake(fixture.Context);
        var writers = Enumerable.Range(0, HttpIntake.MaxRequests).Select(_ => intake.TryBegin()!).ToList();
        Assert.All(writers, Assert.NotNull);
        Assert.Null(intake.TryBegin());
        var work = new TaskCompletionSource();
        intake.End(writers[0], work.Task);
        Assert.Null(intake.TryBegin());
        work.SetResult();
        Assert.Same(writers[0], intake.TryBegin());
        intake.End(writers[0], Task.FromException(new OperationCanceledException()));
        Assert.NotSame(writers[0], intake.TryBegin());
    }

    [Theory]
    [InlineData("")]
    [InlineData("gzip")]
    public async Task A_body_is_read_whole_however_it_is_cut(string encoding)
    {
        var text = Encoding.UTF8.GetBytes("gas,device=d1 co=1\ngas,device=d2 co=2");
        var sent = encoding.Length > 0 ? Zipped(text) : text;
        for (var cut = 0; cut <= sent.Length; cut++)
        {
            var reader = new BodyReader();
            using var pieces = new CutStream(sent, cut);
            Assert.Equal(BodyFault.None, await reader.ReadAsync(pieces, encoding, 1_000, default));
            Assert.Equal(text, reader.Body.ToArray());
        }
    }

    [Fact]
    public async Task A_body_has_its_bound_after_unpacking()
    {
        var reader = new BodyReader();
        Assert.Equal(BodyFault.None, await reader.ReadAsync(new MemoryStream(new byte[100]), "", 100, default));
        Assert.Equal(BodyFault.TooLarge, await reader.ReadAsync(new MemoryStream(new byte[101]), "", 100, default));
        Assert.Equal(BodyFault.None, await reader.ReadAsync(new MemoryStream(Zipped(new byte[1 << 20])), "gzip", 1 << 20, default));
        Assert.Equal(BodyFault.TooLarge, await reader.ReadAsync(new MemoryStream(Zipped(new byte[50 << 20])), "GZIP", 1 << 20, default));
        Assert.True(reader.Body.Length <= (1 << 20) + 1);
        Assert.Equal(BodyFault.Damaged, await reader.ReadAsync(new MemoryStream([1, 2, 3]), "gzip", 100, default));
        Assert.Equal(BodyFault.UnknownEncoding, await reader.ReadAsync(new MemoryStream([1, 2, 3]), "br", 100, default));
    }

    private static async Task<WriteOutcome> LinesAsync(HttpIntake intake, string text)
    {
        var writer = intake.TryBegin()!;
        Assert.Equal(BodyFault.None, await writer.ReadAsync(Body(text), "", default));
        var work = writer.WriteLinesAsync(null);
        var outcome = await work;
        intake.End(writer, work);
        return outcome;
    }

    private static MemoryStream Body(string text) => new(Encoding.UTF8.GetBytes(text));

    private static byte[] Zipped(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(bytes);
        }

        return packed.ToArray();
    }
}
