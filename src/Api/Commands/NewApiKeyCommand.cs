using System.CommandLine;
using Fengsui.Api.Security;

namespace Fengsui.Api.Commands;

/// <summary><c>fengsui new-api-key</c>: makes a bearer key of the HTTP API and the entry that admits it.</summary>
internal static class NewApiKeyCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var name = new Option<string>("--name")
        {
            Description = "Who the key is for; appears in logs",
            HelpName = "NAME",
            DefaultValueFactory = _ => "operator",
        };
        var command = new ExampledCommand(
            "new-api-key",
            "Make a bearer key of the HTTP API. The key is on the first line of the output; the rest goes into fengsui.yaml.",
            "fengsui new-api-key --name dashboard") { name };
        command.SetAction(result =>
        {
            var key = ApiKey.Create();
            terminal.Output.WriteLine(key);
            terminal.Output.WriteLine();
            terminal.Output.WriteLine("http:");
            terminal.Output.WriteLine("  keys:");
            terminal.Output.WriteLine($"    - name: {result.GetValue(name)}");
            terminal.Output.WriteLine($"      hash: {ApiKey.Format(ApiKey.Hash(key))}");
            return ExitCodes.Ok;
        });
        return command;
    }
}
