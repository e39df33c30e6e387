namespace Fengsui.Devices.Tests.History.InfluxDb.Support;

/// <summary>What the fake server does with a write.</summary>
internal sealed record FakeReply(int Status, string Body = "")
{
    public static FakeReply Stored { get; } = new(204);

    /// <summary>Closes the connection with a reset instead of an answer.</summary>
    public static FakeReply Reset { get; } = new(0);

    public (string Name, string Value)? Header { get; init; }

    /// <summary>Which lines are stored, whatever the status; null: all with 2xx, none otherwise.</summary>
    public Func<string, bool>? Stores { get; init; }

    /// <summary>The headers go out at once, the body after this.</summary>
    public Task BodyAfter { get; init; } = Task.CompletedTask;

    /// <summary>Half of the body goes out, then the connection is reset.</summary>
    public bool BreaksBody { get; init; }
}
