using System.CommandLine;
using System.Text;
using System.Text.Json;
using Fengsui.Api.Commands.Rules;
using Fengsui.Api.Hosting;

namespace Fengsui.Api.Commands.Receivers;

/// <summary><c>fengsui receivers redeliver NAME</c>.</summary>
internal static class RedeliverCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var server = new RuleServer(terminal);
        var name = new Argument<string>("NAME") { Description = "One that 'receivers list' shows" };
        var alert = new Option<string?>("--alert") { Description = "All notices of one alert", HelpName = "ID" };
        var from = new Option<long?>("--from") { Description = "Everything from this number of the alert log on, in order", HelpName = "NUMBER" };
        var since = new Option<string?>("--since") { Description = "Everything that was logged at this time or later, in order; ISO 8601", HelpName = "TIME" };
        var failed = new Option<bool>("--failed") { Description = "What the receiver refused and was set aside" };
        var command = new ExampledCommand(
            "redeliver",
            "Tell a receiver again. It recognises what it has by the ids, which stay the same.",
            "fengsui receivers redeliver customs-desk --from 1200",
            "fengsui receivers redeliver customs-desk --failed") { name, alert, from, since, failed };
        server.AddTo(command);
        command.SetAction((result, cancel) =>
        {
            var body = Body(result.GetValue(alert), result.GetValue(from), result.GetValue(since), result.GetValue(failed));
            return server.PostAsync(
                result, $"/receivers/{Uri.EscapeDataString(result.GetRequiredValue(name))}/redeliver", body, answer => ListReceiversCommand.Show([answer], terminal), cancel);
        });
        return command;
    }

    private static string Body(string? alert, long? from, string? since, bool failed)
    {
        if ((alert is null ? 0 : 1) + (from is null ? 0 : 1) + (since is null ? 0 : 1) + (failed ? 1 : 0) != 1)
        {
            throw new OperatorMistakeException("give one of --alert, --from, --since and --failed");
        }

        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            if (alert is not null)
            {
                json.WriteString("alert", alert);
            }
            else if (since is not null)
            {
                json.WriteString("since", since);
            }
            else if (from is { } number)
            {
                json.WriteNumber("from", number);
            }
            else
            {
                json.WriteBoolean("failed", true);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(body.ToArray());
    }
}
