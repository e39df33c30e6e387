using Fengsui.Devices.Actors;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Shards;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Rules;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Devices.Tests.Actors;

public sealed class DeviceActorTests
{
    private const long T0 = 1_700_000_000_000;
    private static readonly Shape Pair = new(0, [0, 1]);
    private static readonly Shape Second = new(1, [1]);
    private readonly TransitionBuffer _buffer = new();
    private readonly DeviceActor _actor;
    private long _appliedAt;

    public DeviceActorTests()
    {
        var metrics = new MetricTable();
        metrics.Declare("m0");
        metrics.Declare("m1");
        var rules = RuleSet.Parse([new RuleFile("r.yaml", """
            groups:
              - name: g
                rules:
                  - { alert: First, tier: general, expr: m0 > 30 }
                  - { alert: Second, tier: general, expr: m1 > 30 }
            """)]);
        var program = RuleProgram.Compile(rules.RuleSet!, DeviceFacts.Default.Profile, metrics);
        _actor = new DeviceActor(new Device(0, "tank", DeviceFacts.Default), DeviceFacts.Default, program, new ActorOptions());
    }

    [Fact]
    public void Tells_new_late_and_doubled_rows_apart()
    {
        Assert.Equal(RowVerdict.Applied, Apply(T0, 1));
        Assert.Equal(RowVerdict.Applied, Apply(T0, 2));
        Assert.Equal(RowVerdict.Duplicate, Apply(T0, 1));
        Assert.Equal(RowVerdict.Applied, Apply(T0 + 100, 1));
        Assert.Equal(RowVerdict.AppliedLate, Apply(T0 + 50, 1));
        Assert.Equal(RowVerdict.Duplicate, Apply(T0 + 50, 1));
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(RowVerdict.Applied, Apply(T0 + 200 + i, 1));
        }

        Assert.Equal(RowVerdict.LateUnverified, Apply(T0 + 100, 1));
        Assert.Equal(RowVerdict.Duplicate, Apply(T0 + 239, 1));
        Assert.Equal(2 * 43, _actor.Applied);
        Assert.Equal(2 * 2, _actor.Late);
        Assert.Equal(2 * 3, _actor.Duplicates);
    }

    [Fact]
    public void The_same_values_of_another_quality_are_another_row()
    {
        Assert.Equal(RowVerdict.Applied, Apply(T0, 1));
        Assert.Equal(RowVerdict.Duplicate, Apply(Row(T0, 1) with { Qualities = [Quality.Good, Quality.Good] }, T0));
        Assert.Equal(RowVerdict.Applied, Apply(Row(T0, 1) with { Qualities = [Quality.Bad, Quality.Good] }, T0));
    }

    [Fact]
    public void A_message_without_a_time_that_is_sent_again_is_known_by_its_fingerprint_and_its_own_rows_are_not()
    {
        var first = Row(T0, 1) with { Flags = RowFlags.ServerTime, Fingerprint = 77 };
        var second = Row(T0, 2) with { Flags = RowFlags.ServerTime, Fingerprint = 77 };
        Assert.Equal(RowVerdict.Applied, Apply(first with { Flags = RowFlags.ServerTime | RowFlags.Resent }, T0));
        Assert.Equal(RowVerdict.Applied, Apply(second with { Flags = RowFlags.ServerTime | RowFlags.Resent }, T0));
        Assert.Equal(RowVerdict.Duplicate, Apply(first with { TimeMs = T0 + 9_000, Flags = RowFlags.ServerTime | RowFlags.Resent }, T0 + 9_000));
        Assert.Equal(RowVerdict.Duplicate, Apply(second with { TimeMs = T0 + 9_000, Flags = RowFlags.ServerTime | RowFlags.Resent }, T0 + 9_000));
        Assert.Equal(RowVerdict.Applied, Apply(first with { TimeMs = T0 + 9_000 }, T0 + 9_000));
    }

    [Fact]
    public void A_burst_without_times_is_spread_and_none_of_it_is_late()
    {
        for (var i = 0; i < 900; i++)
        {
            Assert.Equal(RowVerdict.Applied, Apply(Row(T0, 1) with { Flags = RowFlags.ServerTime }, T0));
            Assert.Equal(T0 + i, _appliedAt);
        }

        Apply(Row(T0 + 5_000, 1) with { Flags = RowFlags.ServerTime }, T0 + 5_000);
        Assert.Equal(T0 + 5_000, _appliedAt);
    }

    [Fact]
    public void However_many_rows_share_a_time_the_last_of_them_still_raises_its_alert()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.NotEqual(RowVerdict.Duplicate, Apply(T0, i / 10.0));
        }

        Assert.Equal(0, _buffer.Count);
        Apply(T0, 50);
        Assert.Contains(Kinds(), kind => kind == TransitionKind.Firing);
    }

    [Fact]
    public void A_metric_that_always_comes_behind_the_others_still_raises_its_alert()
    {
        for (var i = 1; i <= 5; i++)
        {
            var now = T0 + i * 1_000;
            Apply(new TestRow(0, 2, now, [1]), now, new Shape(2, [0]));
            Assert.Equal(RowVerdict.AppliedLate, Apply(new TestRow(0, 1, now - 700, [50]), now, Second));
        }

        Assert.Contains(Kinds(), kind => kind == TransitionKind.Firing);
    }

    [Fact]
    public void A_clock_set_back_by_55_minutes_twelve_times_is_followed_within_seconds_each_time()
    {
        var receive = T0;
        var offset = 0L;
        for (var step = 0; step < 12; step++)
        {
            for (var i = 0; i < 60; i++, receive += 1_000)
            {
                var verdict = Apply(Row(receive + offset, i), receive);
                Assert.True(verdict == RowVerdict.Applied || step > 0, $"{step} {i} {verdict}");
                Assert.True(_actor.WatermarkMs == receive + offset || i < 12, $"not followed at step {step}, second {i}");
            }

            Assert.Equal(step, _actor.ClockSteps);
            Assert.Equal(offset, _actor.SkewMs, 100.0);
            offset -= 55 * 60_000;
        }
    }

    [Fact]
    public void A_backlog_beside_live_readings_or_faster_than_life_is_not_a_clock_step()
    {
        for (var i = 0; i < 100; i++)
        {
            Apply(Row(T0 + i * 1_000, 1), T0 + i * 1_000);
            Apply(Row(T0 - 3_600_000 + i * 1_000, 2), T0 + i * 1_000);
        }

        for (var i = 0; i < 600; i++)
        {
            Apply(Row(T0 - 7_200_000 + i * 1_000, 3), T0 + 100_000 + i * 100);
        }

        Assert.Equal(0, _actor.ClockSteps);
        Assert.Equal(T0 + 99_000, _actor.WatermarkMs);
    }

    [Fact]
    public void The_skew_is_what_the_device_clock_is_ahead_of_the_journal()
    {
        for (var i = 0; i < 200; i++)
        {
            Apply(Row(T0 + i * 100 + 4_200 + i % 3, i), T0 + i * 100);
        }

        Assert.Equal(4_201, _actor.SkewMs, 2.0);
    }

    [Fact]
    public void What_recent_rows_answer_is_true_of_all_rows_ever_seen()
    {
        var random = new Random(51);
        var recent = new RecentRows(8);
        var all = new HashSet<(long, ulong)>();
        for (var i = 0; i < 5_000; i++)
        {
            if (i % 100 == 0)
            {
                var writer = new RecordWriter();
                recent.Write(writer);
                var reader = new RecordReader(writer.Written);
                recent = RecentRows.Read(ref reader, 8);
            }

            var (time, content) = ((long)(i / 10 + random.Next(-6, 6)), (ulong)random.Next(4));
            var isKnown = recent.Contains(time, content);
            Assert.True(!isKnown || all.Contains((time, content)));
            if (recent.Covers(time))
            {
                Assert.Equal(all.Contains((time, content)), isKnown);
            }

            if (!isKnown)
            {
                recent.Add(time, content);
                all.Add((time, content));
            }
        }
    }

    private static TestRow Row(long timeMs, double value) => new(0, 0, timeMs, [value, 0]);

    private RowVerdict Apply(long timeMs, double value) => Apply(Row(timeMs, value), timeMs);

    private RowVerdict Apply(TestRow row, long receiveMs, Shape? shape = null) =>
        _actor.Apply(new RowEntry(row.Encode(), row.Values.Length), shape ?? Pair, receiveMs, new ShardClock(receiveMs, receiveMs), null, _buffer, out _appliedAt);

    private List<TransitionKind> Kinds() => [.. Enumerable.Range(0, _buffer.Count).Select(i => _buffer[i].Kind)];
}
