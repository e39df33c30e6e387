using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;

namespace Fengsui.Devices.Audit;

/// <summary>What the journal of a data directory knows of the audit log: its anchors, and where commands and rule sets stand.</summary>
/// <param name="Heads">Anchored heads with where they stand.</param>
/// <param name="Commands">Positions of commands and rule sets, rising.</param>
internal sealed record JournalEvidence(IReadOnlyList<(AuditHead Head, string From)> Heads, IReadOnlyList<long> Commands)
{
    public static JournalEvidence None => new([], []);

    /// <summary>Reads the whole journal.</summary>
    public static JournalEvidence Read(string directory, CancellationToken cancellation)
    {
        if (!Directory.Exists(directory))
        {
            return None;
        }

        var heads = new List<(AuditHead, string)>();
        var commands = new List<long>();
        using var reader = JournalReader.Open(new FileJournalStorage(directory));
        while (reader.TryRead(out var block))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (position, bytes) in block.Batches)
            {
                if (JournalCommands.IsOne(bytes))
                {
                    commands.Add(position);
                }
                else if (!bytes.IsEmpty && bytes[0] == (byte)BatchKind.AuditAnchor)
                {
                    var anchor = AuditAnchor.Decode(bytes);
                    heads.Add((new AuditHead(anchor.Sequence, anchor.Hash), HeadCheck.FromJournal(position, anchor.TimeMs)));
                }
            }

            block.Release();
        }

        return new JournalEvidence(heads, commands);
    }
}
