using System.CommandLine;
using System.Text.Json;

namespace Fengsui.Api.Commands.Rules.Versions;

/// <summary><c>fengsui rules versions</c>.</summary>
internal static class VersionsCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var server = new RuleServer(terminal);
        var json = new Option<bool>("--json") { Description = "As the API gives it" };
        var command = new ExampledCommand(
            "versions",
            "List the accepted versions of the rules of a running server, newest first, with author, origin and what changed.",
            "fengsui rules versions",
            "fengsui rules versions --json") { json };
        server.AddTo(command);
        command.SetAction((result, cancel) => server.GetAsync(
            result, "/rules/versions?limit=1000", answer => result.GetValue(json) ? ShowJson(answer, terminal) : Show(answer, terminal), cancel));
        return command;
    }

    private static int ShowJson(JsonElement answer, CommandTerminal terminal)
    {
        terminal.Output.WriteLine(answer.ToString());
        return ExitCodes.Ok;
    }

    private static int Show(JsonElement answer, CommandTerminal terminal)
    {
        var table = new TextTable("VERSION", "ACCEPTED", "ORIGIN", "AUTHOR", "RULES", "COMMENT");
        foreach (var version in answer.GetProperty("items").EnumerateArray())
        {
            table.Add(
                version.GetProperty("version").ToString() + (version.GetProperty("in_force").GetBoolean() ? " *" : ""),
                version.GetProperty("accepted").ToString(),
                version.GetProperty("origin").ToString(),
                version.GetProperty("author").ToString(),
                AcceptedVersion.Summary(version.GetProperty("changes")),
                version.GetProperty("comment").ToString());
        }

        table.Write(terminal.Output);
        terminal.Output.WriteLine("* in force");
        return ExitCodes.Ok;
    }
}
