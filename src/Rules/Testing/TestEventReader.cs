using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Testing;

/// <summary>Reads what happens on the site of a unit test.</summary>
internal static class TestEventReader
{
    /// <summary>Where who left is, and the type of what nobody declared.</summary>
    private const string Outside = "default";

    private const string PersonType = "person";

    public static IReadOnlyList<TestEvent> Read(YamlMap test, long startMs)
    {
        var events = new List<TestEvent>();
        foreach (var map in test.Maps("events", "an event"))
        {
            map.RequiredNode("at");
            var atMs = map.DurationMs("at", 0);
            if (ReadOne(map, atMs, startMs) is { } happening)
            {
                events.Add(happening);
            }

            map.Finish();
        }

        return [.. events.OrderBy(happening => happening.AtMs)];
    }

    private static MoveEvent? ReadOne(YamlMap map, long atMs, long startMs)
    {
        _ = startMs;
        var person = map.String("person");
        var device = map.String("device");
        var enters = map.String("enters");
        var leaves = map.Boolean("leaves", false);
        if ((person is null) == (device is null) || (enters is null) == !leaves)
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, "nobody can tell what happens here", "person or device, and either enters: ZONE or leaves: true");
            return null;
        }

        return new MoveEvent(atMs, device ?? $"{PersonType}/{person}", person is null ? Outside : PersonType, enters ?? Outside);
    }
}
