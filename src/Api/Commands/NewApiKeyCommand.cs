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
        var roles = new Option<string[]>("--role")
        {
            Description = "What they may do: " + string.Join(", ", RoleNames.All) + " (repeatable)",
            HelpName = "ROLE",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["viewer"],
        };
        roles.AcceptOnlyFromAmong([.. RoleNames.All]);
        var expires = new Option<string?>("--expires") { Description = "From then on the key opens nothing, such as 2027-06-30", HelpName = "DATE" };
        var command = new ExampledCommand(
            "new-api-key",
            "Make a bearer key of the HTTP API. The key is on the first line of the output; the rest goes into fengsui.yaml.",
            "fengsui new-api-key --name dashboard --role viewer",
            "fengsui new-api-key --name wang.li --role safety --role customs --expires 2027-06-30") { name, roles, expires };
        command.SetAction(result =>
        {
            var key = ApiKey.Create();
            terminal.Output.WriteLine(key);
            terminal.Output.WriteLine();
            terminal.Output.WriteLine("http:");
            terminal.Output.WriteLine("  keys:");
            terminal.Output.WriteLine($"    - name: {result.GetValue(name)}");
            terminal.Output.WriteLine($"      hash: {ApiKey.Format(ApiKey.Hash(key))}");
            terminal.Output.WriteLine($"      roles: [{string.Join(", ", result.GetValue(roles)!.Distinct())}]");
            if (result.GetValue(expires) is { } date)
                terminal.Output.WriteLine($"      expires: {date}");
            return ExitCodes.Ok;
        });
        return command;
    }
}
