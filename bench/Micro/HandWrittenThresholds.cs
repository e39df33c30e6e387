namespace Fengsui.Micro;

/// <summary>What a programmer would write for one device if thresholds were all there is.</summary>
internal sealed class HandWrittenThresholds(int count)
{
    public const double Limit = 30;
    private const long ForMs = 10_000;
    private const long MaxGapMs = 5_000;

    private readonly double[] _latest = new double[count];
    private readonly long[] _times = new long[count];
    private readonly State[] _states = new State[count];

    private enum Phase : byte
    {
        Idle,
        Pending,
        Firing,
    }

    /// <summary>How many thresholds began or ceased to fire.</summary>
    public int Apply(long time, ReadOnlySpan<double> values)
    {
        var changes = 0;
        for (var i = 0; i < values.Length; i++)
        {
            _latest[i] = values[i];
            _times[i] = time;
        }

        for (var i = 0; i < _states.Length; i++)
        {
            changes += double.IsNaN(_latest[i]) ? 0 : Step(ref _states[i], _latest[i] > Limit, time);
        }

        return changes;
    }

    private static int Step(ref State state, bool isBreached, long time)
    {
        var before = state.Phase;
        if (!isBreached)
        {
            state.Phase = Phase.Idle;
            return before == Phase.Firing ? 1 : 0;
        }

        if (before == Phase.Idle || (before == Phase.Pending && time - state.Latest > MaxGapMs))
        {
            (state.Phase, state.Since) = (Phase.Pending, time);
        }

        state.Latest = time;
        if (state.Phase == Phase.Pending && time - state.Since >= ForMs)
        {
            state.Phase = Phase.Firing;
            return 1;
        }

        return 0;
    }

    private struct State
    {
        public long Since;
        public long Latest;
        public Phase Phase;
    }
}
