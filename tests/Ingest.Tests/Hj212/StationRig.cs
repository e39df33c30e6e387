using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Hj212.Codec;
using Fengsui.Ingest.Hj212.Reports;
using Fengsui.Ingest.Hj212.Sessions;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Tests.Decoding;
using Fengsui.Ingest.Tests.Sources;

namespace Fengsui.Ingest.Tests.Hj212;

/// <summary>A session whose packets the test hands in and whose stage it reads.</summary>
internal sealed class StationRig : IDisposable
{
    private readonly SourceRig _rig;
    private readonly SampleIntake _intake;

    public StationRig(SourceRig rig, bool acceptUnknown = false, bool keepsOthers = true)
    {
        _rig = rig;
        _intake = rig.Intake("hj212");
        Report = rig.Report();
        Session = new StationSession(Options(acceptUnknown, keepsOthers), _intake, Report);
    }

    public StationSession Session { get; }

    public SourceConnection Report { get; }

    public static StationOptions Options(bool acceptUnknown = false, bool keepsOthers = true, int loginMs = 600_000)
    {
        var known = new Dictionary<string, Station> { [Hj212Text.Station] = new([.. "stack-1"u8], [.. "100000"u8]) };
        var factors = new Dictionary<string, Factor> { ["a21026"] = new([.. "so2"u8], 1), ["a34013"] = new([.. "dust"u8], 1_000) };
        return new StationOptions(
            [.. "hj212/unit"u8], new StationDirectory(known, acceptUnknown, "station-{mn}", [.. "100000"u8]), new FactorMap(factors, keepsOthers), TimeSpan.FromMilliseconds(loginMs));
    }

    /// <summary>Hands in bytes as a stream would bring them; gives what is left.</summary>
    public byte[] Send(params byte[][] pieces)
    {
        byte[] rest = [];
        foreach (var piece in pieces)
        {
            rest = [.. rest, .. piece];
            int taken;
            do
            {
                taken = Hj212Framing.Read(rest, out var data, out var fault);
                if (fault != RejectReason.None)
                {
                    Session.Refuse(fault, rest.AsSpan(0, taken));
                }
                else if (!data.IsEmpty)
                {
                    Session.Take(data);
                }

                rest = rest[taken..];
            }
            while (taken > 0);
        }

        return rest;
    }

    /// <summary>Forgets what is staged, and the replies.</summary>
    public void Reset()
    {
        _intake.Stage.Clear();
        Session.Replies.Clear();
    }

    public StagedBatch Take() => _rig.Take(_intake);

    public string Replies()
    {
        var text = Encoding.ASCII.GetString(Session.Replies.Pending.Span);
        Session.Replies.Clear();
        return text;
    }

    public void Dispose() => _intake.Dispose();
}
