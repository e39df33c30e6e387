using Fengsui.Rules.Alerts;

namespace Fengsui.Devices.Alerts;

/// <summary>The bounds of what a command may hold, looked at before it goes into the journal.</summary>
public static class AlertCommandCheck
{
    public const int MaxNameLength = 128;
    public const int MaxNoteLength = 4_000;
    public const int MaxEvidence = 16;
    public const int MaxEvidenceLength = 512;
    public const int MaxCapacities = 32;

    /// <summary>What is wrong with it, as a sentence; null when nothing is.</summary>
    public static string? Mistake(AlertCommand command, string author, IReadOnlyList<string> capacities) =>
        command.Id.Length is 0 or > MaxNameLength ? $"a command needs an id of at most {MaxNameLength} characters"
        : command.AlertId.Length is 0 or > MaxNameLength ? "a command needs the id of an alert"
        : author.Length is 0 or > MaxNameLength ? $"a command needs an author of at most {MaxNameLength} characters"
        : !Enum.IsDefined(command.Action) ? "a command needs something to do"
        : command.Note.Length > MaxNoteLength ? $"a note has at most {MaxNoteLength} characters"
        : command.Assignee.Length > MaxNameLength ? $"an assignee has at most {MaxNameLength} characters"
        : command.Evidence.Count > MaxEvidence ? $"there are at most {MaxEvidence} references to evidence"
        : command.Evidence.Any(one => one.Length is 0 or > MaxEvidenceLength) ? $"a reference to evidence has 1 to {MaxEvidenceLength} characters"
        : capacities.Count > MaxCapacities || capacities.Any(one => one.Length is 0 or > MaxNameLength) ? $"there are at most {MaxCapacities} capacities, each of 1 to {MaxNameLength} characters"
        : null;
}
