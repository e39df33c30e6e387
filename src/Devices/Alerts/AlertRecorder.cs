using Fengsui.Rules;

namespace Fengsui.Devices.Alerts;

/// <summary>Turns the transitions of one row into what is logged: names for ids, texts with their values. Owned by a shard.</summary>
internal sealed class AlertRecorder
{
    private (long Position, int Index) _last = (-1, -1);
    private int _ordinal;

    public List<PendingTransition> Pending { get; } = [];

    /// <summary>Every step in order, those before an alert too; null unless someone explains.</summary>
    public List<RuleStep>? Steps { get; init; }

    public long Recorded { get; private set; }

    /// <summary>
    /// Takes all of <paramref name="buffer"/> and empties it. What one journal entry causes for several subjects is
    /// numbered through, in the order of the calls.
    /// </summary>
    public void Record(
        TransitionBuffer buffer,
        in AlertSubject subject,
        int ruleSetVersion,
        long position,
        int index,
        long receiveMs)
    {
        if ((position, index) != _last)
        {
            (_last, _ordinal) = ((position, index), 0);
        }

        for (var i = 0; i < buffer.Count; i++)
        {
            ref readonly var transition = ref buffer[i];
            AlertTransition? alert = null;
            if (StateOf(transition.Kind) is { } state)
            {
                alert = Describe(transition, state, subject) with
                {
                    RuleSetVersion = ruleSetVersion,
                    JournalPosition = position,
                    JournalIndex = index,
                    ReceiveTimeMs = receiveMs,
                };
                Pending.Add(new PendingTransition(alert, _ordinal++));
                Recorded++;
            }

            Steps?.Add(new RuleStep(
                transition.Kind, transition.Rule.Id, subject.Name, transition.EventTimeMs, transition.StartTimeMs, receiveMs, position, index, alert));
        }

        buffer.Clear();
    }

    /// <summary>Pending conditions are the actor's own affair; only what fires is an alert.</summary>
    private static AlertState? StateOf(TransitionKind kind) => kind switch
    {
        TransitionKind.Firing => AlertState.Firing,
        TransitionKind.TierChanged => AlertState.TierChanged,
        TransitionKind.Resolved => AlertState.Resolved,
        _ => null,
    };

    private static AlertTransition Describe(
        in RuleTransition transition, AlertState state, in AlertSubject subject)
    {
        var rule = transition.Rule;
        var tier = state == AlertState.Resolved ? transition.PreviousTier : transition.Tier;
        var context = new AnnotationContext(rule, subject.Name, subject.Zone, tier, subject.Labels, transition.Values);
        return new AlertTransition
        {
            AlertId = AlertId.Of(rule.Id, subject.Name, transition.StartTimeMs),
            Sequence = transition.Sequence,
            State = state,
            Tier = transition.Tier,
            PreviousTier = transition.PreviousTier,
            Rule = rule.Id,
            RuleSetVersion = 0,
            Device = subject.Device,
            Zone = subject.Zone,
            EventTimeMs = transition.EventTimeMs,
            StartTimeMs = transition.StartTimeMs,
            ReceiveTimeMs = 0,
            JournalPosition = 0,
            JournalIndex = 0,
            Reason = ReasonOf(transition.Reason),
            Values = Named(rule, transition.Values),
            Labels = rule.Labels,
            IsShadow = rule.Shadow,
            Annotations = Rendered(rule, context),
        };
    }

    private static string ReasonOf(ResolveReason reason) => reason switch
    {
        ResolveReason.Cleared => "cleared",
        ResolveReason.RuleChanged => "rule-changed",
        ResolveReason.Reset => "reset",
        _ => "",
    };

    private static SortedDictionary<string, string> Rendered(Rule rule, AnnotationContext context)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, template) in rule.Annotations)
        {
            texts[name] = template.Render(context);
        }

        return texts;
    }

    private static KeyValuePair<string, double>[] Named(Rule rule, double[] values) =>
        [.. values.Select((value, index) => KeyValuePair.Create(rule.Inputs[index], value))];
}
