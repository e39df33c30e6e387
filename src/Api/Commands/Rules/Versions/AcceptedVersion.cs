using System.Text.Json;

namespace Fengsui.Api.Commands.Rules.Versions;

/// <summary>Shows what became of a change.</summary>
internal static class AcceptedVersion
{
    public static int Show(JsonElement answer, CommandTerminal terminal)
    {
        RuleServer.ShowDiagnostics(answer, terminal.Output);
        var changes = answer.GetProperty("changes");
        foreach (var change in changes.EnumerateArray())
        {
            terminal.Output.WriteLine($"  {Consequence(change.GetProperty("kind").GetString()!)} {change.GetProperty("rule")}");
        }

        var version = answer.GetProperty("version");
        terminal.Output.WriteLine(changes.GetArrayLength() == 0 ? $"version {version} is in force; no rule is different" : $"version {version} is in force");
        return ExitCodes.Ok;
    }

    /// <summary>The changes of a version in a few words: <c>+1 −2 ~3</c>.</summary>
    public static string Summary(JsonElement changes)
    {
        var kinds = changes.EnumerateArray().Select(change => change.GetProperty("kind").GetString()!).ToList();
        var others = kinds.Where(kind => kind is not ("added" or "removed")).CountBy(kind => kind).Select(pair => $"{pair.Value} {pair.Key}");
        string[] parts = [Signed('+', "added"), Signed('−', "removed"), .. others];
        return string.Join(", ", parts.Where(part => part.Length > 0)) is { Length: > 0 } text ? text : "-";

        string Signed(char sign, string kind) => kinds.Count(one => one == kind) is > 0 and var count ? $"{sign}{count}" : "";
    }

    private static string Consequence(string kind) => kind switch
    {
        "added" => "added:                             ",
        "removed" => "removed, its alerts are resolved:  ",
        "changed" => "changed, its state begins anew:    ",
        "edited" => "edited, its state is kept:         ",
        "shadowed" => "in shadow, tells nobody from now on:",
        _ => "live, tells people from now on:    ",
    };
}
