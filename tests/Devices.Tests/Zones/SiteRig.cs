using Fengsui.Devices.Records;
using Fengsui.Devices.Replay;
using Fengsui.Rules;
using Fengsui.Rules.Model;
using Fengsui.Rules.Zones.Site;
using Xunit;

namespace Fengsui.Devices.Tests.Zones;

/// <summary>A sandbox in which time passes in seconds, with a tick for each.</summary>
internal sealed class SiteRig
{
    public const long T0 = 1_700_000_000_000;
    private readonly Sandbox _sandbox = new(new SandboxOptions());

    public SiteRig(string rules)
    {
        var outcome = _sandbox.AdoptRules([new RuleFile("rules.yaml", "groups:\n  - name: g\n    rules:\n" + rules)], "test");
        Assert.True(outcome.Accepted, string.Join('\n', outcome.Diagnostics));
        _sandbox.Tick(T0);
    }

    /// <summary>Seconds since <see cref="T0"/>.</summary>
    public double Now { get; private set; }

    public long NowMs => T0 + (long)(Now * 1000);

    public void Rules(string rules) => _sandbox.AdoptRules([new RuleFile("rules.yaml", "groups:\n  - name: g\n    rules:\n" + rules)], "test");

    public void Device(string device, string zone, string type = "sensor") => _sandbox.Declare(device, type, zone, []);

    public void Row(string device, string metric, double value, double? at = null) =>
        _sandbox.Row(device, at is { } seconds ? T0 + (long)(seconds * 1000) : NowMs, NowMs, [(metric, value, Quality.Good)]);

    public void Say(string zone, SiteFact fact) => _sandbox.Append(new SiteRecord(NowMs, "test", zone, fact).Encode());

    public void Permit(string zone, string id, double from, double to, params string[] persons) =>
        Say(zone, new PermitGranted(id, ["entry"], persons, T0 + (long)(from * 1000), T0 + (long)(to * 1000)));

    /// <summary>Ticks up to a second.</summary>
    public void Until(double second)
    {
        while (Now < second)
        {
            Now = Math.Min(second, Now + 1);
            _sandbox.Tick(NowMs);
        }
    }

    /// <summary>No tick and no row in between: the server was not running.</summary>
    public void Outage(double seconds) => Now += seconds;

    /// <summary>Steps since the last call: <c>12 Open lock-1 firing</c>; of a zone's alert the zone stands for the device.</summary>
    public List<string> Alerts()
    {
        var alerts = new List<string>();
        while (_sandbox.TryTake(out var step))
        {
            var subject = step.Device.Length == 0 ? $"zone {step.Zone}" : step.Device;
            var state = step.State.ToString().ToLowerInvariant();
            alerts.Add(FormattableString.Invariant($"{(step.EventTimeMs - T0) / 1000.0} {step.Rule[2..]} {subject} {state}"));
        }

        return alerts;
    }
}
