using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;
using Fengsui.Scenarios.Model;

namespace Fengsui.Scenarios.Reading;

/// <summary>Reads the section <c>draws</c>. A draw may lean on those before it.</summary>
internal static class DrawReading
{
    public static IReadOnlyList<Draw> Draws(this YamlMap file, ScenarioNames names)
    {
        var draws = new List<Draw>();
        if (file.Map("draws", "'draws'") is not { } section)
        {
            return draws;
        }

        foreach (var name in section.Keys)
        {
            if (section.Map(name.Text, "a draw") is { } map && Read(name.Text, map, names) is { } draw)
            {
                draws.Add(draw);
            }
        }

        return draws;
    }

    private static Draw? Read(string name, YamlMap map, ScenarioNames names)
    {
        Draw? draw = null;
        if (map.Has("from") || map.Has("to"))
        {
            draw = new Draw(name) { Range = (map.RequiredAmount("from", names), map.RequiredAmount("to", names)) };
            names.Numbers.Add(name);
        }
        else if (map.RequiredNode("among") is not null)
        {
            draw = Choice(name, map, names);
        }

        map.Finish();
        return draw;
    }

    private static Draw? Choice(string name, YamlMap map, ScenarioNames names)
    {
        var texts = map.Strings("among");
        if (texts.Count == 0)
        {
            map.Diagnostics.Error(map.SpotOf("among"), DiagnosticCodes.InvalidValue, "there is nothing to choose from", "a list");
            return null;
        }

        var amounts = texts.Select(text => AmountParser.Parse(text, names.Numbers, out _)).ToList();
        if (amounts.TrueForAll(amount => amount is not null))
        {
            names.Numbers.Add(name);
            return new Draw(name) { Numbers = [.. amounts.OfType<Amount>()] };
        }

        var not = map.StringOrList("not");
        foreach (var other in not.Where(other => !names.Words.ContainsKey(other)))
        {
            map.Diagnostics.Error(map.SpotOf("not"), DiagnosticCodes.UnknownName, $"'{other}' is no draw of words before this one{NearMiss.Hint(other, [.. names.Words.Keys])}", "a draw above");
        }

        if (texts.Distinct().Count() <= not.Count)
        {
            map.Diagnostics.Error(map.SpotOf("among"), DiagnosticCodes.Conflict, "what 'not' takes away may leave nothing", $"more than {not.Count} words");
        }

        names.Words.Add(name, texts);
        return new Draw(name) { Words = texts, Not = not };
    }
}
