namespace Fengsui.Scenarios.Physics;

/// <summary>A true value over time: what it is at first, and everything that changes it.</summary>
internal sealed class Quantity(double first)
{
    private readonly List<(long AtMs, long OverMs, double By)> _ramps = [];
    private readonly List<(long AtMs, double To)> _states = [];
    private readonly List<Puff> _puffs = [];

    /// <summary>When a state changes, ms after the start; in order.</summary>
    public IEnumerable<long> Changes => _states.Select(state => state.AtMs).Order();

    public void Ramp(long atMs, long overMs, double by) => _ramps.Add((atMs, overMs, by));

    public void Become(long atMs, double to) => _states.Add((atMs, to));

    public void Add(Puff puff) => _puffs.Add(puff);

    /// <param name="atMs">After the start.</param>
    public double At(long atMs)
    {
        var value = first;
        var newest = long.MinValue;
        foreach (var (since, to) in _states)
        {
            if (since <= atMs && since >= newest)
            {
                (newest, value) = (since, to);
            }
        }

        foreach (var (since, over, by) in _ramps)
        {
            value += since > atMs ? 0 : by * (over == 0 ? 1 : Math.Min(1, (atMs - since) / (double)over));
        }

        foreach (var puff in _puffs)
        {
            value += puff.At(atMs);
        }

        return value;
    }
}
