using System.Diagnostics;
using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Admission;

namespace Fengsui.Ingest.Tests.Admission;

public sealed class ProvisioningTests
{
    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("gas-*", "gas-1", true)]
    [InlineData("gas-*", "gas-", true)]
    [InlineData("gas-*", "Gas-1", false)]
    [InlineData("gas-?", "gas-1", true)]
    [InlineData("gas-?", "gas-", false)]
    [InlineData("gas-?", "gas-12", false)]
    [InlineData("*-co-*", "wh1-co-7", true)]
    [InlineData("*-co-*", "wh1-co", false)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    [InlineData("a*b*c", "aXbYbZ", false)]
    [InlineData("*a", "aaab", false)]
    [InlineData("**?**", "x", true)]
    [InlineData("**?**", "", false)]
    [InlineData("[ab]", "a", false)]
    [InlineData("a.c", "abc", false)]
    public void A_pattern_covers_the_whole_name(string pattern, string name, bool matches) =>
        Assert.Equal(matches, Glob.IsMatch(pattern, name));

    [Fact]
    public void Patterns_and_names_agree_with_a_plain_definition()
    {
        var random = new Random(99);
        for (var i = 0; i < 200_000; i++)
        {
            var pattern = Text(random, "ab*?");
            var name = Text(random, "ab");
            Assert.True(Plain(pattern, name) == Glob.IsMatch(pattern, name), $"{pattern} on {name}");
        }
    }

    [Fact]
    public void A_pattern_made_to_backtrack_does_not_stop_the_intake()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a", 64)) + "b";
        var name = new string('a', 128);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 100; i++)
        {
            Assert.False(Glob.IsMatch(pattern, name));
        }

        // Exponential matching would take ages; this takes 100 × 128 × 129 steps at most.
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void The_first_matching_rule_decides_what_a_device_becomes()
    {
        var gas = new DeviceFacts("gas-detector", "tank-farm", [new("maker", "x")]);
        var registry = new DeviceRegistry(new RegistryOptions());
        var provisioner = new Provisioner(registry, new ProvisioningOptions
        {
            Rules =
            [
                new ProvisioningRule("gas-test-*", false, DeviceFacts.Default),
                new ProvisioningRule("gas-*", true, gas),
                new ProvisioningRule("?*-door", true, DeviceFacts.Default),
            ],
        });

        Assert.Equal(gas, Resolve(provisioner, "gas-7").Device!.Facts);
        Assert.Equal((null, RejectReason.DeviceNotAllowed), Resolve(provisioner, "gas-test-7"));
        Assert.Equal(DeviceFacts.Default, Resolve(provisioner, "a-door").Device!.Facts);
        Assert.Equal((null, RejectReason.DeviceNotAllowed), Resolve(provisioner, "-door"));
        Assert.Same(Resolve(provisioner, "gas-7").Device, registry.Devices.Find("gas-7"));
        Assert.Equal(2, registry.Devices.Count);
    }

    [Fact]
    public void Without_rules_only_declared_devices_are_known()
    {
        var registry = new DeviceRegistry(new RegistryOptions());
        var declared = registry.Declare("d1", DeviceFacts.Default);
        var provisioner = new Provisioner(registry, new ProvisioningOptions { Rules = [] });
        Assert.Same(declared, Resolve(provisioner, "d1").Device);
        Assert.Equal((null, RejectReason.DeviceNotAllowed), Resolve(provisioner, "d2"));
    }

    private static (Device? Device, RejectReason Refused) Resolve(Provisioner provisioner, string name) =>
        (provisioner.Resolve(Encoding.UTF8.GetBytes(name), out var refused), refused);

    private static string Text(Random random, string letters) =>
        string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => letters[random.Next(letters.Length)]));

    private static bool Plain(string pattern, string name) =>
        pattern.Length == 0 ? name.Length == 0
        : pattern[0] == '*' ? Plain(pattern[1..], name) || (name.Length > 0 && Plain(pattern, name[1..]))
        : name.Length > 0 && (pattern[0] == '?' || pattern[0] == name[0]) && Plain(pattern[1..], name[1..]);
}
