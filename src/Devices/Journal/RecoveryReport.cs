namespace Fengsui.Devices.Journal;

/// <summary>What was found, and done, when a journal was opened.</summary>
public sealed record RecoveryReport
{
    /// <summary>Drawn once a journal.</summary>
    public required ulong JournalId { get; init; }

    public required int Segments { get; init; }

    /// <summary>Segments whose checksums were verified now, newest first (<see cref="JournalOptions.VerifyAtOpenBytes"/>).</summary>
    public required int VerifiedSegments { get; init; }

    public required long Blocks { get; init; }

    public required long Batches { get; init; }

    /// <summary>End of the last intact block; 0 for an empty journal.</summary>
    public required long EndPosition { get; init; }

    public required long LastSequence { get; init; }

    /// <summary>Where the next block will start: above every position an earlier run can have handed out.</summary>
    public required long NextPosition { get; init; }

    /// <summary>Blocks that are lost in the middle. Intact blocks behind them are kept.</summary>
    public required IReadOnlyList<JournalGap> Gaps { get; init; }

    /// <summary>What was cut off behind the last intact block: a write that a crash interrupted, or damage to the last blocks, which cannot be told apart.</summary>
    public required IReadOnlyList<DamagedRange> TornTail { get; init; }

    /// <summary>Segments whose header is damaged; their blocks were read all the same.</summary>
    public required IReadOnlyList<string> DamagedHeaders { get; init; }

    /// <summary>Files moved to the quarantine because not one block of them is intact.</summary>
    public required IReadOnlyList<string> SetAside { get; init; }

    /// <summary>Whether nothing was lost and nothing cut.</summary>
    public bool IsClean => Gaps.Count == 0 && TornTail.Count == 0 && DamagedHeaders.Count == 0 && SetAside.Count == 0;
}
