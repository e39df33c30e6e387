using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Admission;

/// <summary>
/// Takes a message again that was refused before: by the same routes and decoders as a connection's, but all of it or nothing. What is refused again
/// leaves no second dead letter behind.
/// </summary>
/// <param name="routes">Makes the routes of a client.</param>
internal sealed class SecondTry(IReadingJournal journal, IntakeOptions options, Provisioner provisioner, RowTemplates templates, Func<string, RouteCache> routes)
{
    private const string Source = "api/dead-letters";

    /// <summary>Why it is refused; <see cref="RejectReason.None"/> when all of it is durable; null when its topic is none of ours.</summary>
    public async Task<RejectReason?> TakeAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var counters = new IntakeCounters();
        var admission = new MessageAdmission(journal.Registry, options, provisioner, templates, counters, Source);
        using var intake = new ConnectionIntake(journal, admission, routes(Source), journal.Registry.Source(Source));
        switch (Accept(intake, topic, payload.Span))
        {
            case IntakeVerdict.NotTelemetry:
                return null;
            case IntakeVerdict.Staged:
                break;
            default:
                return counters.FirstRejected();
        }

        using var gate = new CommitGate(cancellation);
        long position;
        while (!intake.TryCommit(gate, out position))
        {
            await intake.WaitForRoomAsync(cancellation).ConfigureAwait(false);
        }

        await gate.WaitAsync(position).ConfigureAwait(false);
        return RejectReason.None;
    }

    private static IntakeVerdict Accept(ConnectionIntake intake, string topic, ReadOnlySpan<byte> payload) =>
        intake.Accept(new InboundMessage { Topic = Encoding.UTF8.GetBytes(topic), Payload = payload, TopicCacheSlot = -1 });
}
