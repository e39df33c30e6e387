using Fengsui.Devices.Records;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Hj212.Codec;
using Fengsui.Ingest.Hj212.Reports;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Hj212.Sessions;

/// <summary>
/// One connection of a station, or of a gateway of several: each packet names its station and carries its password. Acknowledgements wait in
/// <see cref="Replies"/> until the intake has committed.
/// </summary>
internal sealed class StationSession(StationOptions options, SampleIntake intake, SourceConnection report)
{
    /// <summary>Packets that a peer may have refused before one of its own was good; one more ends the connection.</summary>
    public const int MaxRefusals = 8;

    private readonly DataReader _reader = new(options.Factors);
    private int _refusals;
    private bool _isTrusted;
    private uint _splitNumber;
    private long _splitTimeMs;

    public Hj212Replies Replies { get; } = new();

    /// <summary>Somebody who may vouches for the stations: passwords do not matter.</summary>
    public bool IsVouchedFor { get; init; }

    /// <summary>The peer has had its chances.</summary>
    public bool IsOver => _refusals > MaxRefusals;

    /// <summary>A packet of it was good.</summary>
    public bool IsTrusted => _isTrusted;

    /// <summary>Takes a packet whose check was good.</summary>
    public void Take(ReadOnlySpan<byte> data)
    {
        report.Heard(data.Length + Hj212Framing.MaxPacketBytes - Hj212Framing.MaxDataBytes);
        if (!Hj212Packet.TryRead(data, out var packet))
        {
            Refuse(RejectReason.MalformedFrame, data);
            return;
        }

        if (options.Stations.Find(packet.Station) is not { } station || !(IsVouchedFor || station.Accepts(packet.Password)))
        {
            Refuse(RejectReason.NotAuthenticated, data);
            return;
        }

        _isTrusted = true;
        Take(packet, station, data);
        if (packet.WantsAnswer)
        {
            // Also for what is kept as a dead letter: the station has nothing to gain by sending it again.
            Replies.Acknowledge(packet);
        }
    }

    /// <summary>Keeps bytes that are no packet.</summary>
    public void Refuse(RejectReason reason, ReadOnlySpan<byte> bytes)
    {
        intake.BeginMessage();
        report.Reject(intake.EndMessage(reason, options.About, PasswordMask.Of(bytes)));
        _refusals += _isTrusted ? 0 : 1;
    }

    private void Take(in Hj212Packet packet, Station station, ReadOnlySpan<byte> data)
    {
        var period = DataReader.PeriodOf(packet.Command);
        if (period == DataPeriod.None)
        {
            if (!IsTalk(packet.Command))
            {
                Refuse(RejectReason.UnknownMessage, data);
            }

            return;
        }

        intake.BeginMessage();
        if (intake.TryDevice(station.Device))
        {
            _reader.Read(packet.Content, period, TimeOf(packet, period), intake.Rows);
        }

        // The copy without the password is made for what becomes a dead letter only.
        var isWhole = intake.Rows.Count > 0 && intake.Rows.Partial == RejectReason.None;
        report.Reject(intake.EndMessage(RejectReason.None, options.About, isWhole ? default : PasswordMask.Of(data)));
    }

    /// <summary>Answers and heartbeats hold nothing to keep.</summary>
    private static bool IsTalk(int command) => command is >= 9011 and <= 9015;

    /// <summary>
    /// The time that the content states. The parts of a split packet are each read on their own, so those behind the first take its time by the number that
    /// they share. Values of now may go by the number, which is a time too.
    /// </summary>
    private long TimeOf(in Hj212Packet packet, DataPeriod period)
    {
        var timeMs = DataReader.TimeOf(packet.Content);
        if (packet.IsSplit)
        {
            var number = Digest.Of((uint)packet.Command, packet.Number);
            timeMs = timeMs == 0 && number == _splitNumber ? _splitTimeMs : timeMs;
            (_splitNumber, _splitTimeMs) = (number, timeMs);
        }

        return timeMs == 0 && period == DataPeriod.RealTime ? Hj212Time.ToUnixMs(packet.Number) : timeMs;
    }
}
