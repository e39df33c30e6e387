namespace Fengsui.Scenarios.Truth;

/// <summary>Finds excursions in a noise-free curve.</summary>
internal static class Excursions
{
    /// <summary>The curve is looked at twice a second.</summary>
    public const int StepMs = 500;

    /// <param name="rise">Decides the beginning: above <paramref name="limit"/>.</param>
    /// <param name="fall">Decides the end: below <paramref name="until"/>. The same as <paramref name="rise"/>, unless several devices are judged together.</param>
    /// <param name="forMs">It must be above for so long without a break.</param>
    /// <param name="holdMs">It goes on for so long after it has come back.</param>
    public static IEnumerable<Excursion> Find(double[] rise, double[] fall, double limit, double until, long forMs, long holdMs)
    {
        var aboveSince = -1;
        var dueMs = -1L;
        var backSince = -1;
        for (var i = 0; i < rise.Length; i++)
        {
            aboveSince = rise[i] > limit ? (aboveSince < 0 ? i : aboveSince) : -1;
            if (dueMs < 0)
            {
                dueMs = aboveSince >= 0 && (i - aboveSince) * (long)StepMs >= forMs ? (long)i * StepMs : -1;
                backSince = -1;
                continue;
            }

            backSince = rise[i] > limit || fall[i] >= until ? (rise[i] > limit ? -1 : backSince) : backSince < 0 ? i : backSince;
            if (backSince >= 0 && (i - backSince) * (long)StepMs >= holdMs)
            {
                yield return new Excursion(dueMs, (long)i * StepMs);
                dueMs = -1;
            }
        }

        if (dueMs >= 0)
        {
            yield return new Excursion(dueMs, null);
        }
    }
}
