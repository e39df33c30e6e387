namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>A function with memory: it keeps everything that it ever heard, and computes its value from that list each time.</summary>
internal abstract class Function(string name, string parameters, params Node[] arguments) : Node(arguments)
{
    protected string Name { get; } = name;

    public override string Text => $"{Name}({string.Join(", ", Children.Select(child => child.Text).Concat(parameters.Split(", ", StringSplitOptions.RemoveEmptyEntries)))})";

    /// <summary>Whether it changes by time alone.</summary>
    public virtual bool IsTimed => false;

    /// <summary>Whether what it says stays however long it hears nothing.</summary>
    public virtual bool Lasts => IsTimed;

    public IReadOnlySet<string> Metrics { get; } = arguments.SelectMany(argument => argument.All()).OfType<Metric>().Select(metric => metric.Text).ToHashSet();

    /// <summary>No sampled metric, but something that moves by itself is among what it hears, so it hears ticks too.</summary>
    public bool HearsTicks => Metrics.All(Metric.IsStateMetric) && Children.SelectMany(child => child.All()).OfType<Function>().Any(function => function.IsTimed);

    protected List<Heard> History { get; } = [];

    /// <summary>What came in its time, oldest first.</summary>
    protected IEnumerable<Heard> InOrder => History.Where(heard => !heard.IsLate);

    protected long? FirstTickWatchMs { get; private set; }

    private long? NewestMs { get; set; }

    /// <summary>A row with one of its metrics, or a tick. False when it is late: nothing has happened then.</summary>
    public bool Hear(View view)
    {
        if (view.Now.EventMs < NewestMs && !HearsTicks)
        {
            return false;
        }

        NewestMs = Math.Max(view.Now.EventMs, NewestMs ?? long.MinValue);
        History.Add(new Heard(NewestMs.Value, view.Now.WatchMs, Values(view with { CarriedMs = NewestMs.Value }), false));
        return true;
    }

    public void HearLate(View view) => History.Add(new Heard(view.Now.EventMs, view.Now.WatchMs, Values(view), true));

    /// <summary>As if it had heard nothing yet.</summary>
    public void Forget()
    {
        (NewestMs, FirstTickWatchMs) = (null, null);
        History.Clear();
    }

    public void Tick(Moment now) => FirstTickWatchMs ??= now.WatchMs;

    /// <summary>The clock is set: everything is as long ago as it was, or begins anew.</summary>
    public void ClockIsSet(long lastMs, long nowMs)
    {
        if (BeginsAnewWithTheClock)
        {
            NewestMs = null;
            History.Clear();
            return;
        }

        NewestMs = NewestMs is { } newest ? nowMs - (lastMs - newest) : null;
        var moved = History.Select(heard => heard with { TimeMs = nowMs - Math.Max(0, lastMs - heard.TimeMs) }).ToList();
        History.Clear();
        History.AddRange(moved);
    }

    public sealed override double? Value(View view)
    {
        var isForgotten = !Lasts && (NewestMs is not { } newest || (!Metrics.All(Metric.IsStateMetric) && view.Now.EventMs - newest > view.MaxAgeMs));
        return view.Kind == ViewKind.LateRow || isForgotten ? null : Compute(view.Now with { EventMs = view.CarriedMs });
    }

    protected virtual bool BeginsAnewWithTheClock => true;

    protected abstract double? Compute(Moment now);
}
