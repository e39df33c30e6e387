using Fengsui.Rules;

namespace Fengsui.Devices.Replay;

/// <summary>What to back-test.</summary>
public sealed record BackTestOptions
{
    public required string DataDirectory { get; init; }

    /// <summary>The rules on trial.</summary>
    public required IReadOnlyList<RuleFile> Rules { get; init; }

    /// <summary>Journal time, ms since 1970 UTC; null is as far back as the journal goes.</summary>
    public long? FromMs { get; init; }

    /// <summary>Journal time, ms since 1970 UTC; null is the journal's end.</summary>
    public long? ToMs { get; init; }

    /// <summary>Journal time before <see cref="FromMs"/> in which the rules build up their state and nothing is reported. 8 h: the longest window of a limit of exposure.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromHours(8);

    public int Shards { get; init; } = 2;

    /// <summary>Told now and then how many bytes of the journal were read, and how many there are from where the run begins.</summary>
    public Action<long, long>? Progress { get; init; }
}
