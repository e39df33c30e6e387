using System.Text;
using Fengsui.Devices.Records;

namespace Fengsui.Ingest.Http;

/// <summary>Counts what becomes of the messages of one request.</summary>
internal struct WriteTally
{
    private const int ShownBytes = 120;

    private int _messages;
    private int _failed;
    private int _first;
    private string? _text;
    private string? _fault;
    private RejectReason _reason;
    private bool _isMalformed;
    private RejectReason _partial;

    public void Stored(RejectReason partial)
    {
        _messages++;
        _partial = _partial == RejectReason.None ? partial : _partial;
    }

    public void Fail(int number, ReadOnlySpan<byte> message, string fault, RejectReason reason, bool isMalformed)
    {
        _messages++;
        _failed++;
        if (_failed == 1)
        {
            _first = number;
            _fault = fault;
            _reason = reason;
            _isMalformed = isMalformed;
            _text = message.Length <= ShownBytes ? Encoding.UTF8.GetString(message) : Encoding.UTF8.GetString(message[..ShownBytes]) + "…";
        }
    }

    public readonly WriteOutcome Outcome() => new()
    {
        Messages = _messages,
        Failed = _failed,
        FirstFailed = _first,
        FirstText = _text ?? "",
        FirstFault = _fault ?? "",
        FirstReason = _reason,
        FirstIsMalformed = _isMalformed,
        Partial = _partial,
    };
}
