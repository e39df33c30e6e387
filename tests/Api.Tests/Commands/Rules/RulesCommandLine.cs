using Fengsui.Api.Commands;

namespace Fengsui.Api.Tests.Commands.Rules;

/// <summary>Runs <c>fengsui rules …</c> as a shell would.</summary>
internal static class RulesCommandLine
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(["rules", .. args], TextReader.Null, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
