using Fengsui.Devices.Alerts;

namespace Fengsui.Devices.Audit;

/// <summary>
/// Under which topics alerts are published, as it is on record: a change of configuration of the subject <see cref="Subject"/>, whose text is
/// <c>mqtt=alerts; bridge/site=park/alerts</c>.
/// </summary>
public static class PublishedTopics
{
    public const string Subject = "alert-topics";

    /// <summary>The server itself, in <see cref="Describe"/>.</summary>
    public const string Own = "mqtt";

    /// <param name="prefixes">By who publishes.</param>
    public static string Describe(IEnumerable<KeyValuePair<string, string>> prefixes) => string.Join("; ", prefixes.Select(one => $"{one.Key}={one.Value}"));

    /// <summary>Where the entries of a story were published. Those of rules on trial are not.</summary>
    internal static IReadOnlyList<AlertPublication> Of(AlertStory story, IReadOnlyList<AuditEntry> configured)
    {
        var publications = new List<AlertPublication>();
        AlertTransition? before = null;
        foreach (var entry in story.Entries)
        {
            var known = configured.LastOrDefault(record => record.Record.TimeMs <= entry.ReceiveTimeMs);
            if (!entry.IsShadow)
            {
                publications.Add(new AlertPublication(entry, story.RecordOf(entry)?.Record.SourceNumber ?? 0, [.. Prefixes(known).SelectMany(one => Topics(one, entry, before))]));
            }

            before = entry as AlertTransition ?? before;
        }

        return publications;
    }

    private static IEnumerable<(string Who, string Prefix)> Prefixes(AuditEntry? known) =>
        known is null ? [] : StoryDetail.Text(known, "change").Split("; ").Select(one => one.Split('=', 2)).Where(parts => parts.Length == 2).Select(parts => (parts[0], parts[1]));

    /// <summary>An outside broker gets each entry once, under its tier.</summary>
    private static IEnumerable<string> Topics((string Who, string Prefix) publisher, AlertEntry entry, AlertTransition? before) => publisher.Who == Own
        ? AlertTopics.Of(publisher.Prefix, entry, before)
        : [$"{publisher.Who}: {AlertTopics.Of(publisher.Prefix, entry, entry.ToldTier)}"];
}
