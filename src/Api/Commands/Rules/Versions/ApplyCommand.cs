using System.CommandLine;
using Fengsui.Devices.RuleSets;

namespace Fengsui.Api.Commands.Rules.Versions;

/// <summary><c>fengsui rules apply DIR</c>.</summary>
internal static class ApplyCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var server = new RuleServer(terminal);
        var directory = new Argument<string>("DIR") { Description = "Rule files: a configuration directory, its rules folder, or any folder of YAML files" };
        var basedOn = new Option<int?>("--based-on") { Description = "Refuse when another version than this is in force", HelpName = "VERSION" };
        var remove = new Option<bool>("--remove") { Description = "Also when rules that are live now are not in DIR: they end, and so do their alerts" };
        var command = new ExampledCommand(
            "apply",
            "Put rule files in force on a running server, whole, as a new version. Exit code 2 when they have mistakes, 1 when they lack a rule that is live or are based on another version: those in force stay.",
            "fengsui rules apply config --comment 'limits of the new licence'",
            "fengsui rules apply ./candidate --author wang --based-on 7") { directory, basedOn, remove };
        server.AddAllTo(command);
        command.SetAction((result, cancel) =>
        {
            var files = RuleDirectory.Read(result.GetRequiredValue(directory));
            return server.ChangeAsync(
                result,
                "/rules/versions",
                json =>
                {
                    VersionJson.WriteFiles(json, files);
                    json.WriteBoolean("remove", result.GetValue(remove));
                    if (result.GetValue(basedOn) is { } known)
                    {
                        json.WriteNumber("based_on", known);
                    }
                },
                answer => AcceptedVersion.Show(answer, terminal),
                cancel);
        });
        return command;
    }
}
