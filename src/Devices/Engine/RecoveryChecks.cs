using Fengsui.Devices.Alerts;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Snapshots;

namespace Fengsui.Devices.Engine;

/// <summary>Whether journal, snapshot and projections belong together when the engine comes up, and what is missing from them.</summary>
internal sealed class RecoveryChecks(
    Journal.Journal journal, AlertLog alertLog, EmbeddedHistory history, DeadLetterStore deadLetters, Action<string, string> report)
{
    /// <summary>
    /// A snapshot stands for everything before it, so it must not be used when a projection has lost some of that: the
    /// journal gives it again.
    /// </summary>
    public string? Objection(Snapshot snapshot) =>
        alertLog.Count < snapshot.AlertCount ? $"the alert log has {alertLog.Count} of {snapshot.AlertCount} entries"
        : history.CommittedPosition < snapshot.Position ? $"the history only reaches to position {history.CommittedPosition}"
        : deadLetters.CommittedPosition < snapshot.Position ? $"the dead letters only reach to position {deadLetters.CommittedPosition}"
        : null;

    /// <summary>
    /// A projection that is ahead of every position the journal can have given out was made from another journal. New
    /// rows and alerts would then be taken for old ones and left out, so nothing is started.
    /// </summary>
    public void RequireJournal(long snapshotPosition)
    {
        var next = Math.Max(journal.RecoveryReport.NextPosition, journal.RecoveryReport.EndPosition);
        Require("snapshots", snapshotPosition);
        Require("alerts", alertLog.LastPosition);
        Require("history", history.CommittedPosition);
        Require("dead letters", deadLetters.CommittedPosition);

        void Require(string part, long position)
        {
            if (position > next)
            {
                throw new InvalidDataException(
                    $"the {part} reach to journal position {position}, the journal only to {next}: it was removed or replaced. "
                    + "Put it back, or move the whole data directory away to begin anew.");
            }

            if (position > journal.RecoveryReport.EndPosition)
            {
                report("journal", $"it ends at position {journal.RecoveryReport.EndPosition}, but the {part} reach to {position}: its end is lost");
            }
        }
    }

    /// <summary>What the stores found damaged when they were opened.</summary>
    public void ReportDamage()
    {
        if (alertLog.Damage is { } damage)
        {
            report("alerts", damage);
        }

        foreach (var aside in journal.RecoveryReport.SetAside.Concat(journal.RecoveryReport.DamagedHeaders))
        {
            report("journal", $"damaged: {aside}");
        }
    }
}
