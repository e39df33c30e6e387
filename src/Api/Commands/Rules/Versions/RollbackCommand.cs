using System.CommandLine;

namespace Fengsui.Api.Commands.Rules.Versions;

/// <summary><c>fengsui rules rollback VERSION</c>.</summary>
internal static class RollbackCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var server = new RuleServer(terminal);
        var version = new Argument<int>("VERSION") { Description = "One that 'rules versions' lists" };
        var command = new ExampledCommand(
            "rollback",
            "Put the files of an earlier version in force again on a running server, as a new version. A restart does not undo it; the next change in the configuration directory does.",
            "fengsui rules rollback 6 --comment 'false alerts in hall 3'") { version };
        server.AddAllTo(command);
        command.SetAction((result, cancel) => server.ChangeAsync(
            result, "/rules/rollback", json => json.WriteNumber("version", result.GetValue(version)), answer => AcceptedVersion.Show(answer, terminal), cancel));
        return command;
    }
}
