using System.Text.Json;

namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>Ids of the entries of an alert log, in order, each with its alert.</summary>
internal static class LoggedEntries
{
    public static IReadOnlyList<(string Id, string Alert)> Of(string dataDirectory)
    {
        using var text = new StreamReader(new MemoryStream(AlertLogFile.Bytes(dataDirectory)));
        var found = new List<(string, string)>();
        while (text.ReadLine() is { } line)
        {
            using var entry = JsonDocument.Parse(line[..line.LastIndexOf('\t')]);
            found.Add((entry.RootElement.GetProperty("id").GetString()!, entry.RootElement.GetProperty("alert").GetString()!));
        }

        return found;
    }

    /// <summary>Every entry is there, and those of each alert came in the order of the log.</summary>
    public static void AssertAllInOrder(string who, IReadOnlyList<(string Id, string Alert)> logged, IReadOnlyList<string> taken)
    {
        var missing = logged.Select(entry => entry.Id).Except(taken).ToArray();
        Assert.True(missing.Length == 0, $"{who} lacks {missing.Length}, such as {missing.FirstOrDefault()}");
        var place = new Dictionary<string, int>(taken.Select((id, i) => KeyValuePair.Create(id, i)).DistinctBy(pair => pair.Key));
        foreach (var alert in logged.GroupBy(entry => entry.Alert))
        {
            var places = alert.Select(entry => place[entry.Id]).ToArray();
            Assert.True(places.SequenceEqual(places.Order()), $"{who} got {alert.Key} out of order");
        }
    }
}
