using System.Diagnostics;
using System.Net.Sockets;
using Fengsui.Fleet.Payloads;

namespace Fengsui.Fleet.Transport;

/// <summary>
/// One MQTT connection of the fleet on one non-blocking socket: connects, sends its messages by schedule or by window,
/// and after a loss connects again and re-sends what is unacknowledged. Belongs to one sender thread.
/// </summary>
internal sealed class FleetConnection
{
    private const byte Pubrec = 0x50;
    private const byte Pubcomp = 0x70;
    private const byte FailureReason = 0x80;
    private const int ControlBytes = 64;

    private static readonly long GreetingTimeoutTicks = SenderContext.Ticks(TimeSpan.FromSeconds(10));

    private readonly SenderContext _context;
    private readonly FleetOptions _options;
    private readonly int _token;
    private readonly byte[] _connectPacket;
    private readonly AckScanner _scanner;
    private readonly InFlightWindow _window;
    private readonly SendBuffer _out;
    private readonly MessageBatcher _batcher;
    private readonly Queue<ushort> _releases;
    private readonly ReconnectDelay _delay;
    private Socket? _socket;
    private long _deadline;
    private long _lastSend;
    private long _lastProgress;
    private long _readTicks;
    private bool _farewellSent;

    public FleetConnection(SenderContext context, int number, int token)
    {
        _context = context;
        _options = context.Options;
        _token = token;
        ClientId = _options.ClientIdPrefix + _options.Seed + "-" + number;
        _connectPacket = ConnectPacket.Render(_options, ClientId);
        _scanner = new AckScanner(this);
        _window = new InFlightWindow(_options.InFlight);
        _releases = new Queue<ushort>(_options.Qos == 2 ? _options.InFlight : 0);
        var messages = _options.MessagesPerWrite * context.Composer.MaxMessageBytes;
        _out = new SendBuffer(Math.Max(_connectPacket.Length, messages + ControlBytes + (_options.Qos == 2 ? _options.InFlight * 4 : 0)));
        _batcher = new MessageBatcher(context, ConnectionPlan.For(_options, number), MessageQuota(number), _window, _out);
        _delay = new ReconnectDelay(_options.Seed ^ (ulong)number);
    }

    public string ClientId { get; }

    public ConnectionState State { get; private set; } = ConnectionState.Waiting;

    public MessageBatcher Batcher => _batcher;

    public long Acked { get; private set; }

    public long Reconnects { get; private set; }

    /// <summary>When this connection was done, in Stopwatch ticks.</summary>
    public long DoneTicks { get; private set; }

    public int Unacknowledged => _window.Count;

    /// <summary>The reason code of the last refusal by the server, 0 when there was none.</summary>
    public byte LastRefusal { get; private set; }

    /// <summary>True when a write may be tried without an event from the socket first.</summary>
    public bool CanWrite => State == ConnectionState.Accepted && !_out.IsBlocked && !_farewellSent;

    public void OnTimer(long now)
    {
        switch (State)
        {
            case ConnectionState.Waiting when now >= _deadline:
                Connect(now);
                break;
            case ConnectionState.Connecting or ConnectionState.Greeting when now >= _deadline:
                Fail(now);
                break;
            case ConnectionState.Accepted:
                WatchPeer(now);
                break;
        }
    }

    public void OnReady(in ReadyEvent ready)
    {
        if (State == ConnectionState.Connecting && (ready.Writable || ready.Closing))
        {
            Greet(Stopwatch.GetTimestamp());
        }

        if (ready.Readable && State is ConnectionState.Greeting or ConnectionState.Accepted)
        {
            Receive(ready.Closing);
        }

        Pump(Stopwatch.GetTimestamp());
    }

    /// <summary>Sends what may be sent now: one write when unthrottled at QoS 0, else until window or schedule say stop.</summary>
    public void Pump(long now)
    {
        if (State != ConnectionState.Accepted || (_out.IsBlocked && !Flush(now)))
        {
            return;
        }

        AddReleases();
        do
        {
            if (!_batcher.Gather(now))
            {
                break;
            }

            if (!FlushBatch(now))
            {
                return;
            }
        }
        while (_options.Qos > 0 || !_options.Unthrottled);
        FinishPump(now);
    }

    public void OnConnack(ReadOnlySpan<byte> body)
    {
        if (State != ConnectionState.Greeting || body.Length < 2 || body[1] != 0)
        {
            LastRefusal = body.Length < 2 ? FailureReason : body[1];
            Fail(_readTicks);
            return;
        }

        State = ConnectionState.Accepted;
        _context.Counters.Connected++;
        _delay.Reset();
        _lastProgress = _lastSend = _readTicks;
        var receiveMaximum = _options.ProtocolVersion == 5 ? ConnackReader.ReadReceiveMaximum(body) : ushort.MaxValue;
        _window.Limit = Math.Min(_options.InFlight, receiveMaximum);
        _batcher.BeginResend(sessionPresent: (body[0] & 1) != 0);
    }

    public void OnAcknowledged(byte type, ushort packetId, byte reason)
    {
        var number = _window.Find(packetId);
        if (number < 0)
        {
            _context.Counters.StrayAcks++;
            return;
        }

        _lastProgress = _readTicks;
        ref var slot = ref _window[number];
        if (type == Pubcomp)
        {
            _window.Free(number);
            return;
        }

        if (slot.State != InFlightState.Published)
        {
            return;
        }

        Count(ref slot, reason);
        if (type == Pubrec && reason < FailureReason)
        {
            slot.State = InFlightState.Released;
            _releases.Enqueue(packetId);
            return;
        }

        _window.Free(number);
    }

    public void OnPong()
    {
        _lastProgress = _readTicks;
        if (_farewellSent)
        {
            Abandon();
        }
    }

    public void OnServerDisconnect(byte reason)
    {
        LastRefusal = reason;
        Fail(_readTicks);
    }

    /// <summary>Ends whatever is under way.</summary>
    public void Abandon()
    {
        Close();
        State = ConnectionState.Done;
        DoneTicks = Stopwatch.GetTimestamp();
    }

    private long? MessageQuota(int number) => _options.Messages is not { } total
        ? null
        : (total / _options.Connections) + (number < total % _options.Connections ? 1 : 0);

    private void Count(ref InFlightSlot slot, byte reason)
    {
        var counters = _context.Counters;
        counters.Latency.Record(SenderContext.Microseconds(_readTicks - slot.SinceTicks));
        if (reason >= FailureReason)
        {
            counters.Refused++;
            return;
        }

        counters.Acked++;
        Acked++;
        _context.AckedLog?.Append(_batcher.Plan, slot.Key);
    }

    private void Connect(long now)
    {
        var socket = new Socket(_context.Server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false, NoDelay = true };
        _socket = socket;
        State = ConnectionState.Connecting;
        _deadline = now + GreetingTimeoutTicks;
        try
        {
            socket.Connect(_context.Server);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // The readiness event tells how it went.
        }
        catch (SocketException)
        {
            Fail(now);
            return;
        }

        _context.Readiness.Add(socket, _token);
    }

    private void Greet(long now)
    {
        if (_socket!.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is not 0)
        {
            Fail(now);
            return;
        }

        State = ConnectionState.Greeting;
        _scanner.Reset();
        _out.Clear();
        _out.Append(_connectPacket);
        Flush(now);
    }

    private void Receive(bool untilEnd)
    {
        var buffer = _context.ReceiveBuffer;
        while (_socket is { } socket)
        {
            var read = socket.Receive(buffer, SocketFlags.None, out var error);
            _readTicks = Stopwatch.GetTimestamp();
            if (error == SocketError.WouldBlock)
            {
                return;
            }

            if (error != SocketError.Success || read == 0 || !_scanner.Scan(buffer.AsSpan(0, read)))
            {
                Fail(_readTicks);
                return;
            }

            if (read < buffer.Length && !untilEnd)
            {
                return;
            }
        }
    }

    private void WatchPeer(long now)
    {
        var waiting = _window.Count > 0 || _farewellSent;
        if (waiting && now - _lastProgress > SenderContext.Ticks(_options.AckTimeout))
        {
            Fail(now);
            return;
        }

        if (now - _lastSend > SenderContext.Ticks(_options.KeepAlive) / 2 && CanWrite && _out.IsEmpty)
        {
            _out.Append([0xC0, 0]);
            Flush(now);
        }
    }

    private void AddReleases()
    {
        while (_releases.TryDequeue(out var packetId))
        {
            _out.Append([0x62, 2, (byte)(packetId >> 8), (byte)packetId]);
        }
    }

    private bool FlushBatch(long now)
    {
        if (_window.Count == _batcher.Gathered)
        {
            _lastProgress = now;
        }

        _batcher.Seal(Stopwatch.GetTimestamp());
        return Flush(now);
    }

    private void FinishPump(long now)
    {
        if (_batcher.IsFinished && _batcher.Gathered == 0 && _window.Count == 0 && !_farewellSent && _context.Start.HasBegun)
        {
            // Packets are handled in order, so the answer to this says that all before it were taken.
            _farewellSent = true;
            _lastProgress = now;
            _out.Append([0xC0, 0]);
        }

        if (!_out.IsEmpty && _batcher.Gathered == 0)
        {
            Flush(now);
        }
    }

    private bool Flush(long now)
    {
        _lastSend = now;
        var error = _out.Flush(_socket!);
        if (error == SocketError.WouldBlock)
        {
            _context.Readiness.WatchWrite(_socket!, _token);
            return false;
        }

        if (error != SocketError.Success)
        {
            Fail(now);
            return false;
        }

        return true;
    }

    private void Fail(long now)
    {
        if (State == ConnectionState.Accepted)
        {
            _context.Counters.Disconnects++;
            _context.Counters.Connected--;
            Reconnects++;
        }
        else
        {
            _context.Counters.ConnectFailures++;
        }

        Drop();
        State = ConnectionState.Waiting;
        _farewellSent = false;
        _deadline = now + _delay.NextTicks();
        _batcher.Discard();
        _releases.Clear();
    }

    private void Close()
    {
        if (State == ConnectionState.Accepted)
        {
            _context.Counters.Connected--;
            if (!_out.IsBlocked)
            {
                _out.Clear();
                _out.Append([0xE0, 0]);
                _ = _out.Flush(_socket!);
            }
        }

        Drop();
    }

    private void Drop()
    {
        if (_socket is { } socket)
        {
            _context.Readiness.Remove(socket, _token);
            socket.Dispose();
            _socket = null;
        }

        _out.Clear();
    }
}
