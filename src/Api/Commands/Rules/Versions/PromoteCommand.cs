using System.CommandLine;
using System.Text.Json;
using Fengsui.Api.Hosting;

namespace Fengsui.Api.Commands.Rules.Versions;

/// <summary><c>fengsui rules promote</c>.</summary>
internal static class PromoteCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var server = new RuleServer(terminal);
        var rules = new Argument<string[]>("RULE") { Description = "Rules in shadow, as group/alert", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Every rule in shadow" };
        var command = new ExampledCommand(
            "promote",
            "Take rules out of shadow on a running server: from here on their alerts reach people. What they are counting goes on.",
            "fengsui rules promote gas-detection/CoHigh --comment 'a week in shadow, no false alert'",
            "fengsui rules promote --all") { rules, all };
        server.AddAllTo(command);
        command.SetAction((result, cancel) =>
        {
            var named = result.GetValue(rules) ?? [];
            if (named.Length > 0 == result.GetValue(all))
            {
                throw new OperatorMistakeException("name the rules to promote, or give --all");
            }

            return server.ChangeAsync(result, "/rules/promote", json => WriteRules(json, named), answer => AcceptedVersion.Show(answer, terminal), cancel);
        });
        return command;
    }

    private static void WriteRules(Utf8JsonWriter json, string[] named)
    {
        if (named.Length == 0)
        {
            json.WriteBoolean("all", true);
            return;
        }

        json.WriteStartArray("rules");
        foreach (var rule in named)
        {
            json.WriteStringValue(rule);
        }

        json.WriteEndArray();
    }
}
