using System.IO.Pipelines;
using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Ble.Adverts;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Tcp;
using Microsoft.AspNetCore.Connections;

namespace Fengsui.Ingest.Ble.Tcp;

/// <summary>Gateways that connect to us: each frame is answered once it is durable.</summary>
internal sealed class GatewayProtocol(BleOptions options, byte[]? token, AdvertBook book, SourceContext context) : ITcpProtocol
{
    private readonly byte[] _about = Encoding.UTF8.GetBytes($"{BleOptions.Protocol}/{options.Name}");

    public async Task ServeAsync(ConnectionContext connection, SourceConnection report)
    {
        using var closing = new ClosingGrace(connection);
        using var intake = context.OpenIntake(BleOptions.Protocol, options.Name, closing.Token);
        var session = new GatewaySession(_about, token, book, intake, report);
        var input = connection.Transport.Input;
        ReadResult read;
        var isBroken = false;
        do
        {
            read = await input.ReadAsync(closing.Token).ConfigureAwait(false);
            var buffer = read.Buffer;
            while (!session.IsOver && !isBroken && LengthFraming.TryTake(ref buffer, out var frame, out isBroken))
            {
                session.Take(frame);
                if (intake.NeedsCommit)
                {
                    await CommitAsync(session, intake, report, connection, closing.Token).ConfigureAwait(false);
                }
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            await CommitAsync(session, intake, report, connection, closing.Token).ConfigureAwait(false);
        }
        while (!read.IsCompleted && !session.IsOver && !isBroken);

        if (isBroken)
        {
            report.Reject(RejectReason.FrameTooLarge);
            report.Fail($"a frame of no bytes, or of more than {LengthFraming.MaxBytes}");
        }
        else if (session.IsOver)
        {
            report.Fail("it did not show who it is");
        }
    }

    /// <summary>Who unlocked goes before the readings: when it is answered, the zone knows.</summary>
    private async ValueTask CommitAsync(
        GatewaySession session, SampleIntake intake, SourceConnection report, ConnectionContext connection, CancellationToken stopping)
    {
        foreach (var unlock in session.Unlocks)
        {
            await context.Engine.Site.SubmitAsync(Encoding.UTF8.GetString(_about), unlock.Zone, unlock.Fact, stopping).ConfigureAwait(false);
        }

        session.Unlocks.Clear();
        var staged = intake.StagedReadings;
        await intake.CommitAsync().ConfigureAwait(false);
        report.Committed(staged);
        session.Acknowledge();
        var answers = session.Answers;
        if (answers.WrittenCount > 0)
        {
            report.Sent(answers.WrittenCount);
            await connection.Transport.Output.WriteAsync(answers.WrittenMemory, stopping).ConfigureAwait(false);
            answers.ResetWrittenCount();
        }
    }
}
