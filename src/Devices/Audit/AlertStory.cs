using Fengsui.Devices.Alerts;
using Fengsui.Devices.Replay;

namespace Fengsui.Devices.Audit;

/// <summary>The whole story of one alert: what the log says of it, what led to it, and what is on record about it.</summary>
public sealed record AlertStory
{
    public required string AlertId { get; init; }

    /// <summary>Steps and events, in the order of the alert log; never empty.</summary>
    public required IReadOnlyList<AlertEntry> Entries { get; init; }

    /// <summary>Records of the audit log about the alert, in their order: entries, attempts to tell, commands, accesses.</summary>
    public required IReadOnlyList<AuditEntry> Records { get; init; }

    /// <summary>Where each entry was published, in their order; those of rules on trial are not.</summary>
    public IReadOnlyList<AlertPublication> Publications { get; init; } = [];

    /// <summary>Why it fired; null when that cannot be told any more.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>Why there is no explanation; empty when there is one.</summary>
    public string ExplanationFault { get; init; } = "";

    /// <summary>Tells it from a data directory, of a server that runs or not. Null when the alert log has no such alert.</summary>
    /// <param name="explains">Whether the journal is run again for the readings behind it.</param>
    public static AlertStory? Tell(string dataDirectory, string alertId, bool explains, CancellationToken cancellation)
    {
        var entries = AlertLogFile.Read(Path.Combine(dataDirectory, "alerts")).Where(entry => entry.AlertId == alertId).ToList();
        if (entries.Count == 0)
        {
            return null;
        }

        var records = AuditFiles.Read(Path.Combine(dataDirectory, AuditFiles.Folder), about: alertId).ToList();
        var topics = AuditFiles.Read(Path.Combine(dataDirectory, AuditFiles.Folder), about: $"\"{PublishedTopics.Subject}\"")
            .Where(entry => entry.Record is { Kind: AuditKind.Configuration, Subject: PublishedTopics.Subject }).ToList();
        var story = new AlertStory { AlertId = alertId, Entries = entries, Records = records };
        story = story with { Publications = PublishedTopics.Of(story, topics) };
        return explains ? Explained(story, dataDirectory, cancellation) : story;
    }

    /// <summary>The record of an entry; null when it is not on record yet.</summary>
    public AuditEntry? RecordOf(AlertEntry entry) => Records.FirstOrDefault(record => record.Record.Source == AuditSource.Alerts && StoryDetail.Text(record, "id") == entry.Id);

    private static AlertStory Explained(AlertStory story, string dataDirectory, CancellationToken cancellation)
    {
        try
        {
            return story with { Explanation = Explainer.Explain(dataDirectory, story.AlertId, cancellation) };
        }
        catch (Exception lost) when (lost is InvalidDataException or IOException)
        {
            return story with { ExplanationFault = lost.Message };
        }
    }
}
