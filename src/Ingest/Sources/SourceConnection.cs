using Fengsui.Devices.Records;

namespace Fengsui.Ingest.Sources;

/// <summary>
/// The health and the counters of one connection, or of one listener, of a field protocol. Written by its own loop, read by anybody: single
/// values are whole, several of them may be of different moments.
/// </summary>
public sealed class SourceConnection
{
    /// <summary>Characters of <see cref="LastError"/>.</summary>
    public const int MaxErrorLength = 300;

    private readonly TimeProvider _time;
    private readonly long[] _rejected = new long[RejectReasonNames.Count];
    private long _framesIn;
    private long _framesOut;
    private long _bytesIn;
    private long _bytesOut;
    private long _readings;
    private long _timeouts;
    private long _duplicates;
    private long _exceptions;
    private long _overruns;
    private long _failures;
    private long _lastHeardMs;

    internal SourceConnection(long id, string protocol, string source, string peer, TimeProvider time)
    {
        _time = time;
        Id = id;
        Protocol = protocol;
        Source = source;
        Peer = peer;
        Since = time.GetUtcNow();
    }

    /// <summary>A number of this run of the server.</summary>
    public long Id { get; }

    /// <summary><c>modbus</c>, <c>jt808</c>…</summary>
    public string Protocol { get; }

    /// <summary>Its name in the configuration.</summary>
    public string Source { get; }

    /// <summary>Who is at the other end: an address, and the name that the peer gave itself, once known.</summary>
    public string Peer { get; private set; }

    public SourceState State { get; private set; } = SourceState.Connecting;

    /// <summary>When <see cref="State"/> was entered.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>What went wrong last; empty when nothing did.</summary>
    public string LastError { get; private set; } = "";

    public long FramesIn => Volatile.Read(ref _framesIn);

    public long FramesOut => Volatile.Read(ref _framesOut);

    public long BytesIn => Volatile.Read(ref _bytesIn);

    public long BytesOut => Volatile.Read(ref _bytesOut);

    /// <summary>Readings committed.</summary>
    public long Readings => Volatile.Read(ref _readings);

    /// <summary>Requests, or connections, on which the peer was silent too long.</summary>
    public long Timeouts => Volatile.Read(ref _timeouts);

    /// <summary>Frames recognised as heard before.</summary>
    public long Duplicates => Volatile.Read(ref _duplicates);

    /// <summary>Requests to which the peer said that it could not do what was asked.</summary>
    public long Exceptions => Volatile.Read(ref _exceptions);

    /// <summary>Polls left out because those before them took too long.</summary>
    public long Overruns => Volatile.Read(ref _overruns);

    /// <summary>Times that the connection, or an attempt at one, failed.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>When the last whole frame came, ms since 1970 UTC; 0 before the first.</summary>
    public long LastHeardMs => Volatile.Read(ref _lastHeardMs);

    public long Rejected(RejectReason reason) => Volatile.Read(ref _rejected[(int)reason]);

    internal void Name(string peer) => Peer = peer;

    internal void Enter(SourceState state)
    {
        State = state;
        Since = _time.GetUtcNow();
    }

    internal void Fail(string error)
    {
        Note(error);
        Interlocked.Increment(ref _failures);
    }

    /// <summary>Shows something that went wrong and is not a failure of the connection.</summary>
    internal void Note(string error) => LastError = error.Length > MaxErrorLength ? error[..MaxErrorLength] : error;

    /// <summary>A whole frame came.</summary>
    internal void Heard(int bytes)
    {
        Interlocked.Increment(ref _framesIn);
        Interlocked.Add(ref _bytesIn, bytes);
        Volatile.Write(ref _lastHeardMs, _time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>Whole frames were sent.</summary>
    internal void Sent(int bytes, int frames = 1)
    {
        Interlocked.Add(ref _framesOut, frames);
        Interlocked.Add(ref _bytesOut, bytes);
    }

    internal void Committed(int readings) => Interlocked.Add(ref _readings, readings);

    internal void TimedOut() => Interlocked.Increment(ref _timeouts);

    internal void Excepted() => Interlocked.Increment(ref _exceptions);

    internal void Overran(long polls) => Interlocked.Add(ref _overruns, polls);

    internal void Repeated() => Interlocked.Increment(ref _duplicates);

    internal void Reject(RejectReason reason)
    {
        if (reason != RejectReason.None)
        {
            Interlocked.Increment(ref _rejected[(int)reason]);
        }
    }

    /// <summary>Adds what a connection that has ended counted.</summary>
    internal void Absorb(SourceConnection ended)
    {
        Interlocked.Add(ref _framesIn, ended.FramesIn);
        Interlocked.Add(ref _framesOut, ended.FramesOut);
        Interlocked.Add(ref _bytesIn, ended.BytesIn);
        Interlocked.Add(ref _bytesOut, ended.BytesOut);
        Interlocked.Add(ref _readings, ended.Readings);
        Interlocked.Add(ref _timeouts, ended.Timeouts);
        Interlocked.Add(ref _duplicates, ended.Duplicates);
        Interlocked.Add(ref _exceptions, ended.Exceptions);
        Interlocked.Add(ref _overruns, ended.Overruns);
        Interlocked.Add(ref _failures, ended.Failures);
        _lastHeardMs = Math.Max(_lastHeardMs, ended.LastHeardMs);
        for (var reason = 0; reason < _rejected.Length; reason++)
        {
            Interlocked.Add(ref _rejected[reason], ended.Rejected((RejectReason)reason));
        }

        Volatile.Write(ref _lastHeardMs, Math.Max(LastHeardMs, ended.LastHeardMs));
        if (ended.LastError.Length > 0)
        {
            LastError = ended.LastError;
        }
    }
}
