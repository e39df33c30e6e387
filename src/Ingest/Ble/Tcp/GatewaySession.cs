using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Ble.Adverts;
using Fengsui.Ingest.Ble.Forms;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Ble.Tcp;

/// <summary>
/// One connection of a gateway: it says who it is in its first frame, and then what it hears. Answers wait in <see cref="Answers"/> until the intake has
/// committed what they acknowledge.
/// </summary>
internal sealed class GatewaySession(byte[] about, byte[]? token, AdvertBook book, SampleIntake intake, SourceConnection report)
{
    private const int MaxAnswerBytes = 64;

    private readonly byte[] _json = new byte[LengthFraming.MaxBytes];
    private readonly GatewayMessage _message = new();
    private readonly AdvertTaker _taker = new(book, report);
    private byte[]? _gateway;

    /// <summary>With the gateway's name, without which a frame is nobody's.</summary>
    private byte[] _about = about;
    private long _acknowledged = -1;

    /// <summary>What to send once the intake has committed.</summary>
    public ArrayBufferWriter<byte> Answers { get; } = new();

    /// <summary>Persons who unlocked, to be told before anything is acknowledged.</summary>
    public List<UnlockFact> Unlocks => _taker.Unlocks;

    /// <summary>The peer has not shown who it is.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The number of the frame that the next acknowledgement names; −1 when there is none.</summary>
    public long Pending { get; private set; } = -1;

    public void Take(in ReadOnlySequence<byte> frame)
    {
        var json = _json.AsSpan(0, (int)frame.Length);
        frame.CopyTo(json);
        _message.Clear();
        if (_gateway is null)
        {
            Welcome(json);
            return;
        }

        report.Heard(json.Length + LengthFraming.HeaderBytes);
        _message.SetGateway(_gateway);
        intake.BeginMessage();
        var fault = GatewayJson.Read(json, _message);
        if (fault == RejectReason.None)
        {
            AdvertTimes.Apply(_message);
            fault = _taker.Take(_message, intake.Rows, intake.Devices);
            Pending = Math.Max(Pending, _message.Sequence);
        }

        if (fault != RejectReason.None || intake.Rows is not { Count: 0, Partial: RejectReason.None, IsExpected: false })
        {
            report.Reject(intake.EndMessage(fault, _about, json));
        }
    }

    /// <summary>Says that everything up to the last frame is durable.</summary>
    public void Acknowledge()
    {
        if (Pending > _acknowledged)
        {
            _acknowledged = Pending;
            Answer(string.Create(CultureInfo.InvariantCulture, $"{{\"ack\":{Pending}}}"));
        }
    }

    /// <summary>The frame holds a secret, so it is kept nowhere.</summary>
    private void Welcome(ReadOnlySpan<byte> json)
    {
        var hello = Hello.Read(json);
        bool isAdmitted;
        lock (book.Gate)
        {
            isAdmitted = hello.Gateway is not null && book.Gateway(hello.Gateway) is not null && Knows(hello.Token);
        }

        if (!isAdmitted)
        {
            report.Reject(RejectReason.NotAuthenticated);
            IsOver = true;
            return;
        }

        report.Heard(json.Length + LengthFraming.HeaderBytes);
        _gateway = Encoding.UTF8.GetBytes(hello.Gateway!);
        _about = [.. _about, (byte)'/', .. _gateway];
        report.Name($"{report.Peer.Split(' ')[0]} {hello.Gateway}");
        Answer("""{"welcome":1}""");
    }

    private bool Knows(string? said) => token is null || (said is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), token));

    private void Answer(string json)
    {
        Span<byte> bytes = stackalloc byte[MaxAnswerBytes];
        LengthFraming.Write(Answers, bytes[..Encoding.UTF8.GetBytes(json, bytes)]);
    }
}
