using System.Diagnostics;
using Fengsui.Fleet.Payloads;

namespace Fengsui.Fleet.Transport;

/// <summary>
/// Gathers the messages of the next write of one connection: re-sends first, then new ones as schedule, window, quota and
/// the end of the run allow.
/// </summary>
internal sealed class MessageBatcher
{
    private static readonly double TicksPerMs = Stopwatch.Frequency / 1000.0;

    private readonly SenderContext _context;
    private readonly FleetOptions _options;
    private readonly MessageSource _source;
    private readonly InFlightWindow _window;
    private readonly SendBuffer _out;
    private readonly long? _quota;
    private long _resend;
    private long _resendEnd;
    private bool _markDuplicates;
    private long _firstGathered;
    private long _dueTicks;
    private bool _gatheredNew;

    public MessageBatcher(SenderContext context, ConnectionPlan plan, long? quota, InFlightWindow window, SendBuffer output)
    {
        _context = context;
        _options = context.Options;
        _source = new MessageSource(_options, plan, context.Clock);
        _window = window;
        _out = output;
        _quota = quota;
    }

    public ConnectionPlan Plan => _source.Plan;

    /// <summary>Where the source stands, for the truth about what was sent.</summary>
    public MessageKey Head => _source.Head;

    /// <summary>New messages sent.</summary>
    public long Sent { get; private set; }

    public int Gathered { get; private set; }

    /// <summary>True when no new message will come.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>When the next new message is due by the schedule.</summary>
    public long NextDueTicks => _context.Start.StartTicks + (long)(_source.NextDueMs() * TicksPerMs);

    /// <summary>True when the run's time is over, whatever is still to be sent.</summary>
    public bool IsOverdue => _options.Duration is { } duration
        && Stopwatch.GetTimestamp() - _context.Start.StartTicks >= SenderContext.Ticks(duration);

    public void BeginResend(bool sessionPresent)
    {
        _resend = _window.Oldest;
        _resendEnd = _window.Next;
        _markDuplicates = sessionPresent;
    }

    /// <summary>Forgets a write that was not made; at QoS 1 and 2 its messages are in the window and will be re-sent.</summary>
    public void Discard() => Gathered = 0;

    /// <summary>Adds to the write in progress. True when it is complete and should leave.</summary>
    public bool Gather(long now)
    {
        if (_resend < _resendEnd && GatherResends())
        {
            return true;
        }

        if (!_context.Start.HasBegun || IsFinished)
        {
            return Gathered > 0;
        }

        var size = _options.MessagesPerWrite;
        if (_options.Qos > 0)
        {
            size = Math.Min(size, _window.Limit);
            if (Gathered == 0 && _window.Room < size)
            {
                IsFinished = _context.Start.IsStopping || IsPastEnd(now);
                return false;
            }
        }

        return GatherNew(now, size);
    }

    /// <summary>Called as the write leaves: starts the clocks of its messages.</summary>
    public void Seal(long now)
    {
        var counters = _context.Counters;
        counters.Writes++;
        counters.Sent += Gathered;
        counters.BytesSent += _out.Length;
        if (_gatheredNew)
        {
            var since = _options.Unthrottled ? now : Math.Min(now, _dueTicks);
            if (!_options.Unthrottled)
            {
                counters.Lateness.Record(SenderContext.Microseconds(now - since));
            }

            for (var number = _firstGathered; _options.Qos > 0 && number < _window.Next; number++)
            {
                _window[number].SinceTicks = since;
            }
        }

        Gathered = 0;
    }

    private bool GatherNew(long now, int size)
    {
        if (Gathered == 0)
        {
            _firstGathered = _window.Next;
            _gatheredNew = true;
        }

        while (Gathered < size)
        {
            if (!MayTake(now))
            {
                return IsFinished && Gathered > 0;
            }

            if (!_source.Take(_context.Composer, out var key))
            {
                continue;
            }

            ushort packetId = 0;
            if (_options.Qos > 0)
            {
                packetId = InFlightWindow.PacketId(_window.Add(key, now));
            }

            Write(packetId, isDuplicate: false);
            Sent++;
        }

        return true;
    }

    private bool MayTake(long now)
    {
        if (_context.Start.IsStopping || (_quota is { } quota && Sent >= quota) || IsPastEnd(now))
        {
            IsFinished = true;
            return false;
        }

        if (_options.Unthrottled)
        {
            return true;
        }

        _dueTicks = NextDueTicks;
        return _dueTicks <= now;
    }

    private bool IsPastEnd(long now) => _options.Duration is { } duration
        && (_options.Unthrottled
            ? now - _context.Start.StartTicks >= SenderContext.Ticks(duration)
            : _source.NextDueMs() >= duration.TotalMilliseconds);

    private bool GatherResends()
    {
        _gatheredNew = false;
        while (_resend < _resendEnd && Gathered < _options.MessagesPerWrite)
        {
            var number = _resend++;
            ref var slot = ref _window[number];
            if (number < _window.Oldest || slot.State == InFlightState.Free)
            {
                continue;
            }

            if (slot.State == InFlightState.Released)
            {
                ResendRelease(number);
                continue;
            }

            _context.Composer.Locate(Plan, slot.Key);
            Write(InFlightWindow.PacketId(number), _markDuplicates);
            _context.Counters.Resent++;
        }

        return !_out.IsEmpty;
    }

    private void ResendRelease(long number)
    {
        if (!_markDuplicates)
        {
            // The server has the message and has forgotten the exchange: nothing is left to do.
            _window.Free(number);
            return;
        }

        var packetId = InFlightWindow.PacketId(number);
        _out.Append([0x62, 2, (byte)(packetId >> 8), (byte)packetId]);
    }

    private void Write(ushort packetId, bool isDuplicate)
    {
        var composer = _context.Composer;
        _out.Advance(composer.Write(_out.Free, packetId, isDuplicate));
        _context.Counters.Garbage += composer.IsGarbage ? 1 : 0;
        var readings = 0;
        foreach (ref readonly var point in composer.Points)
        {
            readings += composer.ValueCount(point.Device);
        }

        _context.Counters.Readings += readings;
        Gathered++;
    }
}
