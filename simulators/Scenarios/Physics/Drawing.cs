using Fengsui.Scenarios.Model;

namespace Fengsui.Scenarios.Physics;

/// <summary>Decides the draws of a scenario for one seed.</summary>
internal static class Drawing
{
    public static DrawnValues Draw(Scenario scenario, ulong seed)
    {
        var drawn = new DrawnValues();
        foreach (var draw in scenario.Draws)
        {
            var uniform = Chance.Of(seed, "draw/" + draw.Name).Uniform(0);
            if (draw.Range is { } range)
            {
                var (from, to) = (range.From.Of(drawn), range.To.Of(drawn));
                drawn.Add(draw.Name, from + ((to - from) * uniform));
            }
            else if (draw.Numbers.Count > 0)
            {
                drawn.Add(draw.Name, draw.Numbers[(int)(uniform * draw.Numbers.Count)].Of(drawn));
            }
            else
            {
                var taken = draw.Not.Select(drawn.Word).ToList();
                var left = draw.Words.Where(word => !taken.Contains(word)).ToList();
                drawn.Add(draw.Name, left[(int)(uniform * left.Count)]);
            }
        }

        return drawn;
    }
}
