namespace Fengsui.Fleet.Payloads;

/// <summary>
/// The endless list of messages of one connection, in the order of their schedule: all places of one round, then the
/// next round. Skips what a drop-out silences and repeats what a duplicate fault doubles.
/// </summary>
internal sealed class MessageSource(FleetOptions options, ConnectionPlan plan, SampleClock clock)
{
    private int _place;
    private int _round;
    private int _copy;

    public ConnectionPlan Plan => plan;

    /// <summary>The message that comes next if none is skipped.</summary>
    public MessageKey Head => new(_place, _round);

    /// <summary>When the next message is due, in ms after the start: with the last of its samples.</summary>
    public double NextDueMs()
    {
        var lastDevice = Math.Min((_place + 1) * options.DevicesPerMessage, plan.DeviceCount) - 1;
        return clock.OffsetMs(plan.Device(lastDevice), ((_round + 1) * options.SamplesPerMessage) - 1);
    }

    /// <summary>Locates the next message in <paramref name="composer"/>; false when this place is silent now.</summary>
    public bool Take(MessageComposer composer, out MessageKey key)
    {
        key = Head;
        if (!composer.Locate(plan, key))
        {
            Advance();
            return false;
        }

        if (++_copy >= composer.Copies)
        {
            Advance();
        }

        return true;
    }

    private void Advance()
    {
        _copy = 0;
        if (++_place == plan.Places)
        {
            _place = 0;
            _round++;
        }
    }
}
