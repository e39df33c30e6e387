using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Fengsui.Api.Commands.Rules.Versions;

/// <summary><c>fengsui rules diff A [B]</c>.</summary>
internal static class DiffCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var server = new RuleServer(terminal);
        var from = new Argument<int>("A") { Description = "The earlier version" };
        var to = new Argument<int?>("B") { Description = "The later version; without it, the one in force", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "As the API gives it" };
        var command = new ExampledCommand(
            "diff",
            "Show what differs between two versions of the rules of a running server: rule by rule, and the text. Exit code 0 whether they differ or not.",
            "fengsui rules diff 3",
            "fengsui rules diff 3 5") { from, to, json };
        server.AddTo(command);
        command.SetAction(async (result, cancel) =>
        {
            var last = result.GetValue(to);
            if (last is null)
            {
                var code = await server.GetAsync(result, "/rules", Current, cancel);
                if (code != ExitCodes.Ok)
                {
                    return code;
                }
            }

            var path = string.Create(CultureInfo.InvariantCulture, $"/rules/versions/{result.GetValue(from)}/diff/{last}");
            return await server.GetAsync(result, path, answer => Show(answer, result.GetValue(json), terminal), cancel);

            int Current(JsonElement answer)
            {
                last = answer.GetProperty("version").GetInt32();
                return ExitCodes.Ok;
            }
        });
        return command;
    }

    private static int Show(JsonElement answer, bool asJson, CommandTerminal terminal)
    {
        if (asJson)
        {
            terminal.Output.WriteLine(answer.ToString());
            return ExitCodes.Ok;
        }

        terminal.Output.WriteLine($"from version {answer.GetProperty("from")} to version {answer.GetProperty("to")}");
        foreach (var change in answer.GetProperty("changes").EnumerateArray())
        {
            terminal.Output.WriteLine($"  {change.GetProperty("kind"),-9} {change.GetProperty("rule")}");
        }

        foreach (var file in answer.GetProperty("files").EnumerateArray())
        {
            terminal.Output.WriteLine(file.GetProperty("diff").ToString());
        }

        return ExitCodes.Ok;
    }
}
