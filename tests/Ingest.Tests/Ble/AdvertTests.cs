using Fengsui.Devices.Records;
using Fengsui.Ingest.Tests.Admission;
using Fengsui.Ingest.Tests.Decoding;

namespace Fengsui.Ingest.Tests.Ble;

public sealed class AdvertTests
{
    private const string Unlocked = "01611F01";
    private const string Locked = "01611F00";

    private readonly GatewayRig _rig = new();

    [Fact]
    public void An_encrypted_advert_becomes_one_row_with_its_counter()
    {
        var batch = _rig.Hear(_rig.Lock, _rig.Lock.Data(Unlocked, 7));

        Assert.Equal("lock-1: battery=97 lock=1 rssi=-60 ble.counter=7", Assert.Single(batch.Rows).ToString());
        Assert.Equal(IntakeFixture.Now, batch.Rows[0].TimeMs);
        Assert.Empty(batch.Letters);
    }

    [Fact]
    public void Further_gateways_give_the_same_row_again_and_the_best_strength()
    {
        var data = _rig.Lock.Data(Unlocked, 7);
        var first = _rig.Hear(_rig.Lock, data, -70).Rows.Single();
        _rig.Intake.ClockMs += 500;
        var weaker = _rig.Hear(_rig.Lock, data, -90, "gate-2");
        var stronger = _rig.Hear(_rig.Lock, data, -40, "gate-3");
        var between = _rig.Hear(_rig.Lock, data, -50, "gate-4");

        Assert.Equal((first.TimeMs, first.ToString()), (weaker.Rows.Single().TimeMs, weaker.Rows.Single().ToString()));
        Assert.Equal([first.ToString(), "lock-1: rssi=-40"], stronger.Rows.Select(row => row.ToString()));
        Assert.Equal(first.TimeMs, stronger.Rows[0].TimeMs);
        Assert.Single(between.Rows);
        Assert.Equal(3, _rig.Report.Duplicates);
    }

    [Theory]
    [InlineData(7u)]
    [InlineData(6u)]
    [InlineData(0u)]
    public void A_counter_that_does_not_rise_is_a_replay_however_low_it_is(uint counter)
    {
        _rig.Hear(_rig.Lock, _rig.Lock.Data(Locked, 7));
        _rig.Intake.ClockMs += 10_000;

        var batch = _rig.Hear(_rig.Lock, _rig.Lock.Data(Unlocked, counter));
        Assert.Empty(batch.Rows);
        Assert.Equal(RejectReason.Replayed, Assert.Single(batch.Letters).Reason);
    }

    [Fact]
    public void The_newest_advert_may_be_heard_at_any_time_and_says_nothing_new()
    {
        var data = _rig.Lock.Data(Unlocked, 7);
        var first = _rig.Hear(_rig.Lock, data).Rows.Single();
        _rig.Intake.ClockMs += 3_600_000;

        var batch = _rig.Hear(_rig.Lock, data);
        Assert.Equal((first.TimeMs, first.ToString()), (batch.Rows.Single().TimeMs, batch.Rows.Single().ToString()));
    }

    [Fact]
    public void An_older_advert_is_a_replay_after_the_window_and_repeating_it_keeps_no_window_open()
    {
        var data = _rig.Lock.Data(Unlocked, 7);
        _rig.Hear(_rig.Lock, data);
        _rig.Hear(_rig.Lock, _rig.Lock.Data(Locked, 8));
        for (var heard = 0; heard < 5; heard++)
        {
            _rig.Intake.ClockMs += 1_500;
            var batch = _rig.Hear(_rig.Lock, data);
            Assert.Equal(heard >= 2, batch.Letters is [{ Reason: RejectReason.Replayed }]);
            Assert.Equal(heard < 2 ? 1 : 0, batch.Rows.Count);
        }
    }

    [Fact]
    public void What_a_gateway_sends_again_because_nobody_answered_is_the_same_row_at_any_time()
    {
        var data = _rig.Lock.Data(Unlocked, 7);
        var first = _rig.Hear(_rig.Lock, data).Rows.Single();
        _rig.Hear(_rig.Lock, _rig.Lock.Data(Locked, 8));
        _rig.Intake.ClockMs += 60_000;

        var again = _rig.Hear(_rig.Lock, data, dup: true).Rows.Single();
        Assert.Equal((first.TimeMs, first.ToString()), (again.TimeMs, again.ToString()));
    }

    [Fact]
    public void A_device_with_a_key_may_say_nothing_in_the_clear()
    {
        Assert.Equal(RejectReason.NotDecrypted, _rig.Hear(_rig.Lock, _rig.Lock.Data(Unlocked)).Letters.Single().Reason);
        _rig.Send("home/gate-1/BTtoMQTT/x", $$"""{"id":"{{GatewayRig.LockAddress}}","lock":true}""");
        Assert.Equal(RejectReason.NotDecrypted, _rig.Intake.Take().Letters.Single().Reason);
    }

    [Fact]
    public void Another_key_or_none_is_refused_and_spoils_nothing()
    {
        var forged = new Sender(GatewayRig.LockAddress, "00000000000000000000000000000000").Data(Unlocked, 900);
        Assert.Equal(RejectReason.NotDecrypted, _rig.Hear(_rig.Lock, forged).Letters.Single().Reason);
        var keyed = new Sender(GatewayRig.PlainAddress, Sender.GoldenKey);
        Assert.Equal(RejectReason.NotDecrypted, _rig.Hear(keyed, keyed.Data(Unlocked, 1)).Letters.Single().Reason);
        Assert.Single(_rig.Hear(_rig.Lock, _rig.Lock.Data(Unlocked, 1)).Rows);
    }

    [Fact]
    public void A_phone_that_passes_is_counted_and_no_more()
    {
        var phone = new Sender("C0FFEE000001");
        var batch = _rig.Hear(phone, phone.Data(Unlocked));

        Assert.Equal((0, 0), (batch.Rows.Count, batch.Letters.Count));
        Assert.Equal(1, _rig.Report.Rejected(RejectReason.DeviceNotAllowed));
        Assert.DoesNotContain(phone.Address, _rig.Report.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public void An_allowed_pattern_makes_devices_by_the_template()
    {
        var tag = new Sender("B0FFEE000001");
        Assert.Equal("ble-B0FFEE000001", _rig.Hear(tag, tag.Data("02CA09")).Rows.Single().Device);
    }

    [Fact]
    public void A_source_may_refuse_what_comes_in_the_clear()
    {
        var rig = new GatewayRig(options => options with { TakesPlain = false });
        Assert.Equal(RejectReason.NotDecrypted, rig.Hear(rig.Plain, rig.Plain.Data(Unlocked)).Letters.Single().Reason);
    }

    [Fact]
    public void Open_closed_open_without_numbers_is_three_states()
    {
        string[] said = [Unlocked, Locked, Unlocked];
        var rows = said.SelectMany(objects => _rig.Hear(_rig.Plain, _rig.Plain.Data(objects)).Rows).ToList();

        Assert.Equal([1, 0, 1], rows.Select(row => row["lock"].Value));
        Assert.Equal(rows.Select(row => row.TimeMs).Order().Distinct(), rows.Select(row => row.TimeMs));
    }

    [Fact]
    public void A_slower_gateway_does_not_bring_a_state_back()
    {
        var open = _rig.Hear(_rig.Plain, _rig.Plain.Data(Unlocked)).Rows.Single();
        var closed = _rig.Hear(_rig.Plain, _rig.Plain.Data(Locked)).Rows.Single();
        _rig.Intake.ClockMs += 800;

        Assert.Equal(open.TimeMs, _rig.Hear(_rig.Plain, _rig.Plain.Data(Unlocked), gateway: "gate-2").Rows[0].TimeMs);
        Assert.Equal(closed.TimeMs, _rig.Hear(_rig.Plain, _rig.Plain.Data(Locked), gateway: "gate-2").Rows[0].TimeMs);
    }

    [Fact]
    public void A_packet_id_tells_the_same_state_said_twice_from_a_repeat()
    {
        var first = _rig.Hear(_rig.Plain, _rig.Plain.Data("00011F01")).Rows.Single();
        var repeat = _rig.Hear(_rig.Plain, _rig.Plain.Data("00011F01")).Rows.Single();
        var second = _rig.Hear(_rig.Plain, _rig.Plain.Data("00021F01")).Rows.Single();

        Assert.Equal(first.TimeMs, repeat.TimeMs);
        Assert.True(second.TimeMs > first.TimeMs);
    }

    [Fact]
    public void The_known_part_before_an_unknown_object_is_kept_and_the_rest_is_a_dead_letter()
    {
        var batch = _rig.Hear(_rig.Lock, _rig.Lock.Data("1F0199AABB", 1));

        Assert.Equal(1, batch.Rows.Single()["lock"].Value);
        Assert.Equal(RejectReason.UnknownMessage, batch.Letters.Single().Reason);
        Assert.Contains("0x99", _rig.Report.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_cut_short_spoils_its_advert()
    {
        var batch = _rig.Hear(_rig.Lock, _rig.Lock.Data("1F0102CA", 1));

        Assert.Empty(batch.Rows);
        Assert.Equal(RejectReason.MalformedFrame, batch.Letters.Single().Reason);
    }

    [Fact]
    public void Half_a_message_moves_no_counter()
    {
        var json = GatewayRig.Json(_rig.Lock, _rig.Lock.Data(Unlocked, 5));
        _rig.Send("home/gate-1/BTtoMQTT/x", json[..^1]);
        Assert.Equal(RejectReason.MalformedJson, _rig.Intake.Take().Letters.Single().Reason);
        Assert.Single(_rig.Hear(_rig.Lock, _rig.Lock.Data(Unlocked, 5)).Rows);
    }

    [Fact]
    public void A_gateway_that_is_a_device_is_said_to_be_alive_now_and_then()
    {
        var rig = new GatewayRig(options => options with { GatewayTemplate = "gw-{gateway}" });
        List<StagedRow> alive = [];
        for (uint i = 1; i <= 61; i++)
        {
            alive.AddRange(rig.Hear(rig.Lock, rig.Lock.Data(Locked, i)).Rows.Where(row => row.Device == "gw-gate-1"));
            rig.Intake.ClockMs += 1_000;
        }

        Assert.Equal([0, 15, 30, 45, 60], alive.Select(row => row["uptime"].Value));
        rig.Send("home/gate-1/SYStoMQTT", """{"uptime":4711,"version":"1.7","freemem":100}""");
        Assert.Equal("gw-gate-1: uptime=4711", rig.Intake.Take().Rows.Single().ToString());
    }

    [Fact]
    public void A_gateway_that_is_not_named_may_not_report()
    {
        var rig = new GatewayRig(options => options with { Gateways = ["gate-?"] });
        Assert.Single(rig.Hear(rig.Lock, rig.Lock.Data(Locked, 1)).Rows);
        Assert.Equal(RejectReason.NotAuthenticated, rig.Hear(rig.Lock, rig.Lock.Data(Locked, 2), gateway: "stranger").Letters.Single().Reason);
    }

    [Fact]
    public void Who_unlocks_is_told_to_the_zone_of_the_lock_once()
    {
        var rig = new GatewayRig(options => options with { Devices = [GatewayRig.Fact(GatewayRig.LockAddress, "lock-1", person: true)] });
        rig.Intake.Registry.Declare("lock-1", new Devices.Registry.DeviceFacts("smart-lock", "store-2", Devices.Registry.DeviceFacts.Default.Labels));
        var data = rig.Lock.Data("1F01530777616E672D6C69", 1);
        rig.Hear(rig.Lock, data);
        rig.Hear(rig.Lock, data, gateway: "gate-2");
        rig.Hear(rig.Lock, rig.Lock.Data("1F00530777616E672D6C69", 2));

        var unlock = Assert.Single(rig.Unlocks);
        Assert.Equal(("store-2", "wang-li", "lock-1", IntakeFixture.Now), (unlock.Zone, unlock.Fact.Person, unlock.Fact.Device, unlock.Fact.AtMs));
    }
}
