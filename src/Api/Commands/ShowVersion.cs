using System.CommandLine;
using System.CommandLine.Invocation;

namespace Fengsui.Api.Commands;

/// <summary><c>fengsui --version</c>.</summary>
internal sealed class ShowVersion : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"fengsui {ProgramVersion.Text}");
        return ExitCodes.Ok;
    }
}
