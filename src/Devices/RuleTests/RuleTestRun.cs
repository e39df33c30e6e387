using Fengsui.Devices.Alerts;
using Fengsui.Devices.Records;
using Fengsui.Devices.Replay;
using Fengsui.Rules;
using Fengsui.Rules.Testing;

namespace Fengsui.Devices.RuleTests;

/// <summary>One test under way: the sandbox, and what has happened in it.</summary>
internal sealed class RuleTestRun
{
    private const string Author = "rule test";

    private readonly Sandbox _sandbox = new(new SandboxOptions { KeepsSteps = true });
    private readonly RuleTest _test;
    private readonly SortedDictionary<(string Rule, string Subject), TestAlert> _firing = [];
    private readonly List<TestStep> _steps = [];

    public RuleTestRun(RuleTest test, IReadOnlyList<RuleFile> rules)
    {
        _test = test;
        _sandbox.Tick(test.StartMs);
        if (!_sandbox.AdoptRules(rules, Author).Accepted)
        {
            throw new InvalidOperationException("the rules are not a rule set");
        }

        foreach (var device in test.Devices)
        {
            _sandbox.Declare(device.Id, device.Type, device.Zone, device.Labels);
        }
    }

    public IReadOnlyList<TestStep> Steps => _steps;

    /// <summary>Why no result is to be trusted; null as a rule.</summary>
    public string? Fault => _sandbox.QuarantinedRows == 0 ? null : $"the engine failed at {_sandbox.QuarantinedRows} rows; this is a fault of the program";

    public IReadOnlyList<TestAlert> FiringOf(string rule) => [.. _firing.Values.Where(alert => alert.Rule == rule)];

    public void Apply(in Occurrence occurrence)
    {
        var nowMs = _test.StartMs + occurrence.AtMs;
        switch (occurrence.Kind)
        {
            case OccurrenceKind.Event:
                Apply(_test.Events[occurrence.Index]);
                break;
            case OccurrenceKind.Row:
                var row = occurrence.Row!;
                _sandbox.Row(row.Device, _test.StartMs + row.EventMs, nowMs, row.Values);
                break;
            case OccurrenceKind.Tick:
                _sandbox.Tick(nowMs);
                break;
        }

        Collect();
    }

    private void Apply(TestEvent happening)
    {
        var nowMs = _test.StartMs + happening.AtMs;
        switch (happening)
        {
            case MoveEvent move:
                var known = _test.Devices.FirstOrDefault(device => device.Id == move.Device);
                _sandbox.Declare(move.Device, known?.Type ?? move.Type, move.Zone, known?.Labels ?? []);
                break;
            case FactEvent fact:
                _sandbox.Append(new SiteRecord(nowMs, Author, fact.Zone, fact.Fact).Encode());
                break;
            case ResetEvent reset:
                var id = $"reset-{happening.AtMs}-{reset.Rule}-{reset.Device}";
                _sandbox.Append(new SiteRecord(nowMs, Author, reset.Zone, new AlertReset(id, reset.Rule, reset.Device)).Encode());
                break;
        }
    }

    private void Collect()
    {
        while (_sandbox.TryTake(out _))
        {
            // Each is a step as well.
        }

        while (_sandbox.TryTakeStep(out var step))
        {
            var tier = step.Alert is not { } alert ? Rules.Model.Tier.None
                : alert.State == AlertState.Resolved ? alert.PreviousTier : alert.Tier;
            _steps.Add(new TestStep(step.EventTimeMs - _test.StartMs, step.Rule, step.Subject, step.Kind, tier));
            Remember(step);
        }
    }

    private void Remember(RuleStep step)
    {
        if (step.Alert is not { } alert)
        {
            return;
        }

        if (alert.IsActive)
        {
            _firing[(step.Rule, step.Subject)] = new TestAlert(step.Rule, step.Subject, alert.Tier, alert.Labels, alert.Annotations);
        }
        else
        {
            _firing.Remove((step.Rule, step.Subject));
        }
    }
}
