using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Fengsui.Api.Commands;

/// <summary>The usual help, and beneath it examples: the command's own, or for the program the first of each command.</summary>
internal sealed class HelpWithExamples(HelpAction help, IReadOnlyList<ExampledCommand> commands) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var examples = parseResult.CommandResult.Command is ExampledCommand command
            ? command.Examples
            : [.. commands.SelectMany(one => one.Examples.Take(1)).Distinct()];
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in examples)
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
        return code;
    }
}
