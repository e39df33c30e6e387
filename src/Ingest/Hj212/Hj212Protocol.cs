using System.Buffers;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Hj212.Codec;
using Fengsui.Ingest.Hj212.Sessions;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Again;
using Fengsui.Ingest.Sources.Tcp;
using Microsoft.AspNetCore.Connections;

namespace Fengsui.Ingest.Hj212;

/// <summary>HJ 212-2017: environmental monitors connect and report; what they want acknowledged is, once it is durable.</summary>
internal sealed class Hj212Protocol(StationOptions options, string source, SourceContext context) : ITcpProtocol
{
    public const string Name = "hj212";

    public ISecondTaker SecondTaker { get; } = new StationSecondTaker(options);

    public async Task ServeAsync(ConnectionContext connection, SourceConnection report)
    {
        using var closing = new ClosingGrace(connection);
        using var intake = context.OpenIntake(Name, source, closing.Token);
        var session = new StationSession(options, intake, report);
        var window = new byte[Hj212Framing.MaxPacketBytes];
        var input = connection.Transport.Input;
        closing.Expect(options.LoginTimeout);
        var isExpected = true;
        bool isCompleted;
        do
        {
            var read = await input.ReadAsync(closing.Token).ConfigureAwait(false);
            var rest = read.Buffer;
            while (!session.IsOver && TakeOne(session, window, ref rest))
            {
                if (intake.NeedsCommit)
                {
                    await CommitAsync(session, intake, report, connection).ConfigureAwait(false);
                }
            }

            if (isExpected && session.IsTrusted)
            {
                isExpected = false;
                closing.Satisfied();
            }

            input.AdvanceTo(rest.Start, rest.End);
            await CommitAsync(session, intake, report, connection).ConfigureAwait(false);
            isCompleted = read.IsCompleted;
        }
        while (!isCompleted && !session.IsOver);

        if (session.IsOver)
        {
            report.Fail("it sent nothing that could be taken");
        }
    }

    /// <summary>False when more bytes are needed.</summary>
    private static bool TakeOne(StationSession session, byte[] window, ref ReadOnlySequence<byte> rest)
    {
        var input = rest.IsSingleSegment ? rest.FirstSpan : Gather(rest, window);
        var taken = Hj212Framing.Read(input, out var data, out var fault);
        if (fault != RejectReason.None)
        {
            session.Refuse(fault, input[..taken]);
        }
        else if (!data.IsEmpty)
        {
            session.Take(data);
        }

        rest = rest.Slice(taken);
        return taken > 0;
    }

    private static ReadOnlySpan<byte> Gather(in ReadOnlySequence<byte> rest, byte[] window)
    {
        var length = (int)Math.Min(rest.Length, window.Length);
        rest.Slice(0, length).CopyTo(window);
        return window.AsSpan(0, length);
    }

    private static async ValueTask CommitAsync(StationSession session, SampleIntake intake, SourceConnection report, ConnectionContext connection)
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
