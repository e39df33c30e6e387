using System.Text.Json;
using Fengsui.Api.Commands.Rules;

namespace Fengsui.Api.Commands.Receivers;

/// <summary><c>fengsui receivers list</c>.</summary>
internal static class ListReceiversCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var server = new RuleServer(terminal);
        var command = new ExampledCommand("list", "List the receivers of a running server and how far behind the alert log each is.", "fengsui receivers list");
        server.AddTo(command);
        command.SetAction((result, cancel) => server.GetAsync(result, "/receivers?limit=1000", answer => Show(answer.GetProperty("items").EnumerateArray(), terminal), cancel));
        return command;
    }

    public static int Show(IEnumerable<JsonElement> receivers, CommandTerminal terminal)
    {
        var table = new TextTable("NAME", "TYPE", "STATE", "BEHIND", "SECONDS", "FAILED", "AGAIN", "LAST ERROR");
        foreach (var receiver in receivers)
        {
            table.Add(
                receiver.GetProperty("name").ToString(),
                receiver.GetProperty("type").ToString(),
                receiver.GetProperty("state").ToString(),
                receiver.GetProperty("lag_entries").ToString(),
                (receiver.GetProperty("lag_ms").GetInt64() / 1000).ToString(System.Globalization.CultureInfo.InvariantCulture),
                receiver.GetProperty("failed").ToString(),
                receiver.GetProperty("again").ToString(),
                receiver.GetProperty("last_error").ToString());
        }

        table.Write(terminal.Output);
        return ExitCodes.Ok;
    }
}
