using Fengsui.Devices.Records;

namespace Fengsui.Ingest.Tests.Sources;

public sealed class SampleIntakeTests
{
    [Fact]
    public async Task What_is_committed_is_in_the_ledger_of_its_source()
    {
        await using var fixture = await SourceFixture.StartAsync();
        using var intake = fixture.Context.OpenIntake("toy", "one", CancellationToken.None);
        intake.BeginMessage();
        Assert.True(intake.TryDevice("d1"u8));
        intake.Rows.Add("temperature"u8, 21);
        intake.Rows.Add("humidity"u8, double.NaN);
        intake.Rows.EndRow();
        Assert.Equal(RejectReason.None, intake.EndMessage(RejectReason.None, "toy/one"u8, "bytes"u8));
        Assert.Equal(2, intake.Staged);
        await intake.CommitAsync();

        var ledger = await fixture.LedgerAsync("toy/one");
        Assert.Equal((2, 2, 0), (ledger.Received, ledger.Applied, ledger.DeadLettered));
        Assert.Equal(0, intake.Staged);
    }

    [Fact]
    public async Task A_faulty_message_is_a_dead_letter_and_stages_nothing_of_itself()
    {
        await using var fixture = await SourceFixture.StartAsync();
        using var intake = fixture.Context.OpenIntake("toy", "one", CancellationToken.None);
        intake.BeginMessage();
        intake.TryDevice("d1"u8);
        intake.Rows.Add("temperature"u8, 21);
        intake.Rows.EndRow();
        Assert.Equal(RejectReason.ChecksumMismatch, intake.EndMessage(RejectReason.ChecksumMismatch, "toy/one"u8, "bytes"u8));
        await intake.CommitAsync();

        var ledger = await fixture.LedgerAsync("toy/one");
        Assert.Equal((1, 0, 1), (ledger.Received, ledger.Applied, ledger.DeadLettered));
        Assert.Equal(1, fixture.Intake.Counters.Rejected(RejectReason.ChecksumMismatch));
    }

    [Fact]
    public async Task A_message_with_one_bad_row_keeps_the_others_and_is_a_dead_letter_beside_them()
    {
        await using var fixture = await SourceFixture.StartAsync();
        using var intake = fixture.Context.OpenIntake("toy", "one", CancellationToken.None);
        intake.BeginMessage();
        intake.TryDevice("d1"u8);
        intake.Rows.Add("temperature"u8, 21);
        intake.Rows.EndRowAt(5);
        intake.Rows.Add("temperature"u8, 22);
        intake.Rows.EndRow();
        Assert.Equal(RejectReason.EventTimeTooOld, intake.EndMessage(RejectReason.None, "toy/one"u8, "bytes"u8));
        await intake.CommitAsync();

        var ledger = await fixture.LedgerAsync("toy/one");
        Assert.Equal((2, 1, 1), (ledger.Received, ledger.Applied, ledger.DeadLettered));
    }

    [Fact]
    public async Task Nothing_staged_commits_at_once()
    {
        await using var fixture = await SourceFixture.StartAsync();
        using var intake = fixture.Context.OpenIntake("toy", "one", CancellationToken.None);
        intake.BeginMessage();

        Assert.True(intake.CommitAsync().AsTask().IsCompletedSuccessfully);
    }
}
