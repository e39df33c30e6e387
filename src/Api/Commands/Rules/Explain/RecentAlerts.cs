using System.Text;
using System.Text.Json;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Hosting;
using Fengsui.Devices.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Rules.Explain;

/// <summary>Which alerts there are to be explained: the newest of a data directory's alert log, and one by the beginning of its id.</summary>
internal sealed class RecentAlerts(string data)
{
    /// <summary>Alerts that are listed.</summary>
    private const int MaxListed = 20;

    /// <summary>Characters of an id that are enough when no other id begins so.</summary>
    private const int MinPrefix = 4;

    /// <summary>The id of the alert or transition that is meant.</summary>
    /// <exception cref="OperatorMistakeException">There is none, or more than one begins so.</exception>
    public string Resolve(string id)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in Steps())
        {
            if (step.Episode == id || step.Id == id)
            {
                return id;
            }

            if (id.Length >= MinPrefix && step.Episode.StartsWith(id, StringComparison.Ordinal))
            {
                ids.Add(step.Episode);
            }
        }

        return ids.Count switch
        {
            1 => ids.Single(),
            0 => throw new OperatorMistakeException($"the alert log of {data} has no alert {id}; 'fengsui rules explain --data {data}' lists the newest"),
            _ => throw new OperatorMistakeException($"{ids.Count} alerts of {data} begin with {id}: give more of the id"),
        };
    }

    public void WriteTable(TextWriter output)
    {
        var (newest, count) = Newest();
        if (count == 0)
        {
            output.WriteLine($"the alert log of {data} has no alert yet");
            return;
        }

        var table = new TextTable("ALERT", "RULE", "OF", "BEGAN", "LAST STEP", "STATE");
        foreach (var alert in newest)
        {
            table.Add(alert.Episode, alert.Rule, alert.Subject, AlertJson.Time(alert.StartTimeMs), AlertJson.Time(alert.EventTimeMs), State(alert));
        }

        table.Write(output);
        output.WriteLine(count > newest.Count ? $"the newest {newest.Count} of {count} alerts" : $"{count} alert{(count == 1 ? "" : "s")}");
        output.WriteLine($"fengsui rules explain {newest[0].Episode} --data {data} explains the first; some letters of the id are enough");
    }

    public void WriteJson(TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, AlertJson.WriterOptions with { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var alert in Newest().Alerts)
            {
                json.WriteStartObject();
                json.WriteString("alert", alert.Episode);
                json.WriteString("rule", alert.Rule);
                json.WriteString("device", alert.Device);
                json.WriteString("zone", alert.Zone);
                json.WriteTime("start", alert.StartTimeMs);
                json.WriteTime("time", alert.EventTimeMs);
                json.WriteString("state", alert.State.Name());
                json.WriteString("tier", alert.Tier.Name());
                json.WriteBoolean("shadow", alert.IsShadow);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    /// <summary>The latest step of each, newest first.</summary>
    private (IReadOnlyList<AlertTransition> Alerts, int Count) Newest()
    {
        var latest = new Dictionary<string, AlertTransition>(StringComparer.Ordinal);
        foreach (var step in Steps())
        {
            latest[step.Episode] = step;
        }

        return ([.. latest.Values.OrderByDescending(step => step.JournalPosition).ThenByDescending(step => step.JournalIndex).ThenBy(step => step.Episode, StringComparer.Ordinal).Take(MaxListed)], latest.Count);
    }

    private IEnumerable<AlertTransition> Steps() => Directory.Exists(data)
        ? AlertLogFile.ReadTransitions(Path.Combine(data, "alerts"))
        : throw new OperatorMistakeException($"there is no data directory {data}: give --data");

    private static string State(AlertTransition alert) =>
        $"{(alert.IsActive ? $"firing at {alert.Tier.Name()}" : "resolved from " + alert.PreviousTier.Name())}{(alert.IsShadow ? ", in shadow" : "")}";
}
