namespace Fengsui.Rules.Alerts;

/// <summary>What a person wants done with one alert. States the version of the alert that the person has seen.</summary>
public sealed record AlertCommand
{
    /// <summary>Given by who sends it, so that sending it again changes nothing; 1 to 128 characters.</summary>
    public required string Id { get; init; }

    public required string AlertId { get; init; }

    /// <summary>The alert's version that this acts on: with another one it is a conflict.</summary>
    public required int ExpectedVersion { get; init; }

    public required AlertAction Action { get; init; }

    /// <summary>Why, or what was done. Needed to shelve, to dispose and to re-open; at most 4,000 characters.</summary>
    public string Note { get; init; } = "";

    /// <summary>Where proof is found (file names, addresses, numbers of documents); at most 16 of at most 512 characters.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>To whom it is assigned; <see cref="AlertAction.Assign"/> only, at most 128 characters.</summary>
    public string Assignee { get; init; } = "";

    /// <summary>For how long it is shelved; <see cref="AlertAction.Shelve"/> only, ms.</summary>
    public long DurationMs { get; init; }

    /// <summary>False: the disposal has begun; true: it is done. <see cref="AlertAction.Dispose"/> only.</summary>
    public bool IsFinal { get; init; } = true;
}
