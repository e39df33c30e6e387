using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Physics;

namespace Fengsui.Scenarios.Truth;

/// <summary>Noise-free curves of a run, each looked at every <see cref="Excursions.StepMs"/>, such that more is always nearer to the alarm.</summary>
internal sealed class Curves(World world)
{
    private readonly Dictionary<(string Device, string Metric), double[]> _sampled = [];
    private readonly int _count = (int)(world.Scenario.LastsMs / Excursions.StepMs) + 1;

    /// <summary>One device's curve, as the law looks at it.</summary>
    public double[] Of(string device, Law law)
    {
        var values = Sampled(device, law.Metric);
        var back = (int)(law.ChangeOver.Milliseconds(world.Drawn) / Excursions.StepMs);
        if (back > 0)
        {
            values = [.. values.Select((value, i) => value - values[Math.Max(0, i - back)])];
        }

        return law.IsBelow ? [.. values.Select(value => -value)] : values;
    }

    /// <summary>The curve of several devices that decides whether so many of them are beyond the limit, and the one that decides whether all are back.</summary>
    public (double[] Rise, double[] Fall) Together(IReadOnlyList<string> devices, Law law)
    {
        var curves = devices.Select(device => Of(device, law)).ToList();
        var rise = new double[_count];
        var fall = new double[_count];
        for (var i = 0; i < _count; i++)
        {
            var ordered = curves.Select(curve => curve[i]).OrderDescending().ToList();
            rise[i] = law.Devices <= ordered.Count ? ordered[law.Devices - 1] : double.NegativeInfinity;
            fall[i] = ordered[0];
        }

        return (rise, fall);
    }

    private double[] Sampled(string device, string metric)
    {
        if (!_sampled.TryGetValue((device, metric), out var values))
        {
            var quantity = world.Find(device, metric);
            values = [.. Enumerable.Range(0, _count).Select(i => quantity.At((long)i * Excursions.StepMs))];
            _sampled.Add((device, metric), values);
        }

        return values;
    }
}
