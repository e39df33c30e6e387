using System.CommandLine;
using Fengsui.Rules.Schema;

namespace Fengsui.Api.Commands.Rules;

/// <summary><c>fengsui rules schema</c>: lets an editor complete and underline.</summary>
internal static class SchemaCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var kind = new Argument<string>("KIND") { Description = "Which files: rules, tests or devices", DefaultValueFactory = _ => ConfigurationSchema.Kinds[0] };
        kind.AcceptOnlyFromAmong([.. ConfigurationSchema.Kinds]);
        var into = new Option<string>("--out") { Description = "Write to a file", HelpName = "FILE" };
        var command = new ExampledCommand(
            "schema",
            "Print the JSON Schema of rule files, files of rule tests or device files. An editor with a YAML language server takes it from a first line "
            + "'# yaml-language-server: $schema=rules.schema.json', or from its settings.",
            "fengsui rules schema",
            "fengsui rules schema rules --out config/rules.schema.json",
            "fengsui rules schema tests --out config/rulestest.schema.json") { kind, into };
        command.SetAction(result =>
        {
            var schema = ConfigurationSchema.ToJson(result.GetRequiredValue(kind));
            if (result.GetValue(into) is { } file)
            {
                File.WriteAllText(file, schema + "\n");
            }
            else
            {
                terminal.Output.WriteLine(schema);
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}
