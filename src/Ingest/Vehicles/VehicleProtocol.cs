using System.IO.Pipelines;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Again;
using Fengsui.Ingest.Sources.Tcp;
using Fengsui.Ingest.Vehicles.Codec;
using Fengsui.Ingest.Vehicles.Sessions;
using Microsoft.AspNetCore.Connections;

namespace Fengsui.Ingest.Vehicles;

/// <summary>JT/T 808: terminals connect, show who they are, and report; what they report is answered once it is durable.</summary>
internal sealed class VehicleProtocol(SessionOptions options, string source, SourceContext context) : ITcpProtocol
{
    public const string Name = "jt808";

    public ISecondTaker SecondTaker { get; } = new VehicleSecondTaker(options);

    public async Task ServeAsync(ConnectionContext connection, SourceConnection report)
    {
        using var closing = new ClosingGrace(connection);
        using var intake = context.OpenIntake(Name, source, closing.Token);
        var session = new VehicleSession(options, intake, report, context.Time);
        var input = connection.Transport.Input;
        closing.Expect(options.LoginTimeout);
        var isExpected = true;
        ReadResult read;
        do
        {
            read = await input.ReadAsync(closing.Token).ConfigureAwait(false);
            var buffer = read.Buffer;
            while (!session.IsOver && Jt808Framing.TryTake(ref buffer, out var content, out var isTooLarge))
            {
                session.Take(content, isTooLarge);
                if (intake.NeedsCommit)
                {
                    await CommitAsync(session, intake, report, connection).ConfigureAwait(false);
                }
            }

            if (isExpected && session.IsAdmitted)
            {
                isExpected = false;
                closing.Satisfied();
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            await CommitAsync(session, intake, report, connection).ConfigureAwait(false);
        }
        while (!read.IsCompleted && !session.IsOver);

        if (session.IsOver)
        {
            report.Fail("it did not show who it is");
        }
    }

    private static async ValueTask CommitAsync(VehicleSession session, SampleIntake intake, SourceConnection report, ConnectionContext connection)
    {
        var staged = intake.StagedReadings;
        await intake.CommitAsync().ConfigureAwait(false);
        report.Committed(staged);
        var replies = session.Replies;
        if (replies.Count > 0)
        {
            report.Sent(replies.Pending.Length, replies.Count);
            await connection.Transport.Output.WriteAsync(replies.Pending).ConfigureAwait(false);
            replies.Clear();
        }
    }
}
