using System.Buffers;
using System.Text;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Tests.Decoding;
using Fengsui.Ingest.Tests.Sources;
using Fengsui.Ingest.Vehicles.Codec;
using Fengsui.Ingest.Vehicles.Reports;
using Fengsui.Ingest.Vehicles.Sessions;

namespace Fengsui.Ingest.Tests.Vehicles;

/// <summary>A session whose frames the test hands in and whose stage it reads.</summary>
internal sealed class SessionRig : IDisposable
{
    public const string Phone = "013912344329";
    public const string Phone2019 = "00000000013912344329";
    public const string Code = "open-sesame";

    private readonly SourceRig _rig;
    private readonly SampleIntake _intake;

    public SessionRig(SourceRig rig, bool needsCode = false, bool isRegistrationOpen = true, bool acceptUnknown = false)
    {
        _rig = rig;
        _intake = rig.Intake("jt808");
        Report = rig.Report();
        Session = new VehicleSession(Options(needsCode, isRegistrationOpen, acceptUnknown), _intake, Report, rig.Clock);
    }

    public VehicleSession Session { get; }

    public SourceConnection Report { get; }

    public static SessionOptions Options(bool needsCode = false, bool isRegistrationOpen = true, bool acceptUnknown = false, int loginMs = 600_000)
    {
        var code = needsCode ? Encoding.ASCII.GetBytes(Code) : [];
        var known = new[] { "13912344329", "123456789012" }
            .ToDictionary(phone => phone, phone => new Terminal(phone, TerminalDirectory.DeviceOf(phone, "truck-{phone}"), code));
        return new SessionOptions([.. "jt808/unit"u8], new TerminalDirectory(known, acceptUnknown, "truck-{phone}", null), isRegistrationOpen, StatusBits.RearDoor, TimeSpan.FromMilliseconds(loginMs));
    }

    /// <summary>Hands in bytes as a stream would bring them.</summary>
    public SessionRig Send(params byte[][] frames)
    {
        foreach (var frame in frames)
        {
            var buffer = new ReadOnlySequence<byte>(frame);
            while (Jt808Framing.TryTake(ref buffer, out var content, out var isTooLarge))
            {
                Session.Take(content, isTooLarge);
            }
        }

        return this;
    }

    /// <summary>Hands in one frame between its delimiters.</summary>
    public void SendOne(byte[] frame) => Session.Take(new ReadOnlySequence<byte>(frame, 1, frame.Length - 2), isTooLarge: false);

    /// <summary>Forgets what is staged, and the replies.</summary>
    public void Reset()
    {
        _intake.Stage.Clear();
        Session.Replies.Clear();
    }

    public StagedBatch Take() => _rig.Take(_intake);

    /// <summary>The bodies of the replies so far, unescaped, each from its id on without its phone: <c>8001 serial body</c>.</summary>
    public IReadOnlyList<string> Replies()
    {
        var replies = new List<string>();
        foreach (var frame in Encoding.Latin1.GetString(Session.Replies.Pending.Span).Split('\u007e', StringSplitOptions.RemoveEmptyEntries))
        {
            var plain = frame.Replace("\u007d\u0002", "\u007e", StringComparison.Ordinal).Replace("\u007d\u0001", "\u007d", StringComparison.Ordinal);
            var bytes = Encoding.Latin1.GetBytes(plain);
            Assert.Equal(0, bytes.Aggregate(0, (sum, value) => sum ^ value));
            var head = (bytes[2] & 0x40) != 0 ? 17 : 12;
            Assert.Equal(bytes.Length - head - 1, ((bytes[2] & 3) << 8) | bytes[3]);
            replies.Add(Convert.ToHexString(bytes[..2]) + " " + Convert.ToHexString(bytes[head..^1]));
        }

        Session.Replies.Clear();
        return replies;
    }

    public void Dispose() => _intake.Dispose();
}
