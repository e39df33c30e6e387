using Fengsui.Api.Commands.Rules.Explain;
using Fengsui.Api.Commands.Rules.Replay;
using Fengsui.Api.Commands.Rules.Versions;

namespace Fengsui.Api.Commands.Rules;

/// <summary><c>fengsui rules</c>: the tools of who writes rules, in the order in which a rule passes through them.</summary>
internal static class RulesCommand
{
    public static IReadOnlyList<ExampledCommand> Create(CommandTerminal terminal)
    {
        ExampledCommand[] commands =
        [
            CheckRulesCommand.Create(terminal),
            SchemaCommand.Create(terminal),
            TestCommand.Create(terminal),
            ReplayCommand.Create(terminal),
            ExplainCommand.Create(terminal),
            .. ImportCommand.Create(terminal),
            .. VersionCommands.Create(terminal),
        ];
        var rules = new ExampledCommand(
            "rules", "Check, test, back-test, explain and publish rules.", [.. commands.SelectMany(command => command.Examples.Take(1)).Distinct()]);
        foreach (var command in commands.Where(command => !command.Parents.Any()))
        {
            rules.Add(command);
        }

        return [rules, .. commands];
    }
}
