using System.Globalization;
using Fengsui.Rules.Library.Schedules;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Library.Schedules;

public sealed class ScheduleTests
{
    private const string Night = """name: s, time_zone: Asia/Shanghai, from: "22:00", to: "06:00" """;
    private const string Office = """name: s, time_zone: Asia/Shanghai, days: [mon..fri], from: "08:30", to: "17:30" """;
    private const string Friday = """name: s, time_zone: Asia/Shanghai, days: fri, from: "22:00", to: "06:00" """;

    [Theory]
    [InlineData(Night, "2026-03-02T22:00:00.000+08:00", true)]
    [InlineData(Night, "2026-03-02T21:59:59.999+08:00", false)]
    [InlineData(Night, "2026-03-03T00:00:00.000+08:00", true)]
    [InlineData(Night, "2026-03-02T23:59:59.999+08:00", true)]
    [InlineData(Night, "2026-03-03T05:59:59.999+08:00", true)]
    [InlineData(Night, "2026-03-03T06:00:00.000+08:00", false)]
    [InlineData(Office, "2026-03-02T08:30:00.000+08:00", true)]
    [InlineData(Office, "2026-03-02T17:30:00.000+08:00", false)]
    [InlineData(Office, "2026-03-01T12:00:00.000+08:00", false)]
    [InlineData(Friday, "2026-03-06T23:00:00.000+08:00", true)]
    [InlineData(Friday, "2026-03-07T05:00:00.000+08:00", true)]
    [InlineData(Friday, "2026-03-07T22:00:00.000+08:00", false)]
    [InlineData(Friday, "2026-03-06T05:00:00.000+08:00", false)]
    [InlineData("""name: s, time_zone: "+08:00", from: "00:00", to: "24:00", days: [sat..mon] """, "2026-03-02T23:59:59.999+08:00", true)]
    [InlineData("""name: s, time_zone: "+08:00", from: "00:00", to: "24:00", days: [sat..mon] """, "2026-03-03T00:00:00.000+08:00", false)]
    [InlineData("""name: s, time_zone: "-03:30", from: "18:00", to: "00:00" """, "2026-03-03T03:29:59.999Z", true)]
    [InlineData("""name: s, time_zone: "-03:30", from: "18:00", to: "00:00" """, "2026-03-03T03:30:00.000Z", false)]
    [InlineData("""name: s, time_zone: UTC, from: "22:00", to: "06:00" """, "1969-12-31T23:59:59.999Z", true)]
    public void A_span_begins_with_its_first_millisecond_and_belongs_to_the_day_it_begins(string schedule, string time, bool expected) =>
        Assert.Equal(expected, IsDuring(schedule, time));

    [Theory]
    [InlineData("2026-10-01T10:00:00+08:00", false)] // A Thursday, but a holiday.
    [InlineData("2026-10-08T10:00:00+08:00", true)]
    [InlineData("2026-10-10T10:00:00+08:00", true)] // A Saturday, but worked.
    [InlineData("2026-10-17T10:00:00+08:00", false)]
    public void Holidays_are_left_out_and_days_worked_instead_are_counted(string time, bool expected) => Assert.Equal(
        expected,
        IsDuring(Office + ", exclude: [2026-10-01..2026-10-07], include: 2026-10-10", time));

    [Fact]
    public void A_span_of_an_excluded_day_does_not_reach_into_the_next_and_one_begun_before_goes_on()
    {
        const string Schedule = Night + ", exclude: 2026-10-01";
        Assert.True(IsDuring(Schedule, "2026-10-01T03:00:00+08:00"));
        Assert.False(IsDuring(Schedule, "2026-10-01T23:00:00+08:00"));
        Assert.False(IsDuring(Schedule, "2026-10-02T03:00:00+08:00"));
    }

    [Fact]
    public void Several_spans_count_together()
    {
        const string Schedule = """name: s, time_zone: "+08:00", spans: [{ from: "08:00", to: "12:00" }, { days: mon, from: "13:00", to: "17:00" }]""";
        Assert.True(IsDuring(Schedule, "2026-03-03T08:00:00+08:00"));
        Assert.True(IsDuring(Schedule, "2026-03-02T13:00:00+08:00"));
        Assert.False(IsDuring(Schedule, "2026-03-03T13:00:00+08:00"));
        Assert.False(IsDuring(Schedule, "2026-03-02T12:30:00+08:00"));
    }

    /// <summary>In Berlin on 2026-03-29 the hour from 02:00 is skipped: the wall goes from 01:59 to 03:00.</summary>
    [Theory]
    [InlineData("02:00", "03:00", "2026-03-29T00:59:59.999Z", false)]
    [InlineData("02:00", "03:00", "2026-03-29T01:00:00.000Z", false)]
    [InlineData("01:30", "02:30", "2026-03-29T00:59:59.999Z", true)]
    [InlineData("01:30", "02:30", "2026-03-29T01:00:00.000Z", false)]
    [InlineData("02:30", "04:00", "2026-03-29T01:00:00.000Z", true)]
    public void An_hour_that_the_clock_skips_does_not_happen(string from, string to, string time, bool expected) =>
        Assert.Equal(expected, IsDuring($"name: s, time_zone: Europe/Berlin, from: \"{from}\", to: \"{to}\"", time));

    /// <summary>In Berlin on 2026-10-25 the hour from 02:00 comes twice: 00:00 to 01:00 UTC, and again to 02:00 UTC.</summary>
    [Theory]
    [InlineData("2026-10-25T00:30:00.000Z", true)]
    [InlineData("2026-10-25T00:45:00.000Z", false)]
    [InlineData("2026-10-25T01:00:00.000Z", false)]
    [InlineData("2026-10-25T01:30:00.000Z", true)]
    [InlineData("2026-10-25T01:45:00.000Z", false)]
    public void An_hour_that_the_clock_shows_twice_happens_twice(string time, bool expected) =>
        Assert.Equal(expected, IsDuring("""name: s, time_zone: Europe/Berlin, from: "02:15", to: "02:45" """, time));

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Africa/Casablanca")]
    public void The_wall_clock_is_that_of_the_system_at_every_hour_of_a_century(string zone)
    {
        var clock = ZoneClock.Find(zone)!;
        var system = TimeZoneInfo.FindSystemTimeZoneById(zone);
        for (var time = DateTimeOffset.UnixEpoch.AddYears(30); time.Year < 2100; time = time.AddMinutes(487))
        {
            var wall = time.ToUnixTimeMilliseconds() + (long)system.GetUtcOffset(time.UtcDateTime).TotalMilliseconds;
            Assert.Equal(wall, clock.WallMs(time.ToUnixTimeMilliseconds()));
        }
    }

    [Fact]
    public void Reports_every_mistake_of_a_section_at_once()
    {
        var result = RuleSet.Parse([new RuleFile("a.yaml", """
            schedules:
              - { name: a, time_zone: Asia/Shangai, from: "22:00", to: "06:00" }
              - { name: b, time_zone: UTC, days: [mon, thurs, fry], from: "25:00", to: "6:00" }
              - { name: a, time_zone: UTC, from: "08:00", to: "08:00" }
              - { name: c, time_zone: UTC, from: "24:00", to: "08:00", exclude: [2026-02-30], include: [2026-01-02..2026-01-01] }
              - { name: d, from: "01:00", to: "08:00", tz: UTC }
              - { name: e, time_zone: UTC, from: "01:00", to: "08:00", exclude: 2026-01-01, include: 2026-01-01 }
              - { name: f, time_zone: UTC, from: "01:00", spans: [{ from: "01:00" }] }
            """)]);
        Assert.Null(result.RuleSet);
        Assert.Equal(
            """
            2 unknown time zone 'Asia/Shangai'; did you mean 'Asia/Shanghai'?
            3 'thurs' is not a day of the week
            3 'fry' is not a day of the week; did you mean 'fri'?
            3 'from' is '25:00'
            3 'to' is '6:00'
            4 there is a schedule 'a' already, in a.yaml:2
            4 'from' and 'to' are the same time
            5 a span cannot begin at the end of the day
            5 '2026-02-30' in 'exclude' is not a date
            5 '2026-01-02..2026-01-01' in 'include' is not a date
            6 a schedule needs the key 'time_zone'
            6 unknown key 'tz' in a schedule; did you mean 'to'?
            7 2026-01-01 is both excluded and included
            8 'from' stands beside 'spans'
            8 a span needs the key 'to'
            """,
            string.Join('\n', result.Diagnostics.Select(item => $"{item.Line} {item.Message}")));
    }

    private static bool IsDuring(string schedule, string time)
    {
        var set = RuleSets.Parse($"schedules:\n  - {{ {schedule} }}\n");
        return set.Library.Schedules.Find("s")!.IsDuring(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds());
    }
}
