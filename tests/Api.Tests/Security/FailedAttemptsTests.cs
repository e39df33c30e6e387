using System.Net;
using Fengsui.Api.Security;

namespace Fengsui.Api.Tests.Security;

public sealed class FailedAttemptsTests
{
    private readonly SetTime _time = new();

    [Fact]
    public void So_many_at_once_and_again_as_many_over_a_minute()
    {
        var failures = new FailedAttempts(6, _time);
        var address = IPAddress.Parse("192.0.2.1");
        Assert.Equal(6, Enumerable.Range(0, 10).Count(_ => failures.TryCount(address, out TimeSpan _)));
        Assert.False(failures.TryCount(address, out var wait));
        Assert.Equal(10, wait.TotalSeconds, 3);
        _time.Pass(wait);
        Assert.True(failures.TryCount(address, out _));
        Assert.False(failures.TryCount(address, out _));
    }

    [Fact]
    public void Addresses_are_counted_apart_and_those_of_one_ipv6_customer_together()
    {
        var failures = new FailedAttempts(1, _time);
        Assert.True(failures.TryCount(IPAddress.Parse("192.0.2.1"), out _));
        Assert.True(failures.TryCount(IPAddress.Parse("192.0.2.2"), out _));
        Assert.False(failures.TryCount(IPAddress.Parse("::ffff:192.0.2.2"), out _));
        Assert.True(failures.TryCount(IPAddress.Parse("2001:db8::1"), out _));
        Assert.False(failures.TryCount(IPAddress.Parse("2001:db8::2"), out _));
        Assert.True(failures.TryCount(IPAddress.Parse("2001:db8:0:1::2"), out _));
    }

    [Fact]
    public void When_more_addresses_fail_than_are_remembered_the_rest_shares_one_count_until_some_are_forgotten()
    {
        var failures = new FailedAttempts(1, _time);
        for (var i = 0; i < FailedAttempts.MaxAddresses; i++)
        {
            Assert.True(failures.TryCount(new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]), out _));
        }

        Assert.True(failures.TryCount(IPAddress.Parse("192.0.2.1"), out _));
        Assert.False(failures.TryCount(IPAddress.Parse("192.0.2.2"), out _));
        _time.Pass(TimeSpan.FromMinutes(1));
        Assert.True(failures.TryCount(IPAddress.Parse("192.0.2.3"), out _));
        Assert.True(failures.TryCount(IPAddress.Parse("192.0.2.4"), out _));
    }
}
