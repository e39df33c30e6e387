namespace Fengsui.Devices.Journal;

/// <summary>Keeps copies of damaged bytes in <c>quarantine/</c>, up to a bound, for people to look at.</summary>
internal sealed class Quarantine(IJournalStorage storage, long maxBytes)
{
    private const int CopyBytes = 1 << 20;

    /// <summary>Copies a damaged range; the same range is copied once, whenever it is found. Without room it is only reported.</summary>
    public DamagedRange Keep(DamagedRange range)
    {
        var name = $"{JournalFormat.QuarantineFolder}/{range.FromPosition:D20}-{range.ToPosition:D20}.bin";
        var kept = storage.List(JournalFormat.QuarantineFolder);
        if (kept.Contains(name[(JournalFormat.QuarantineFolder.Length + 1)..]))
            return range with { QuarantineFile = name };
        if (BytesOf(kept) + range.Length > maxBytes)
            return range;
        try
        {
            Copy(range, name);
            return range with { QuarantineFile = name };
        }
        catch (IOException)
        {
            // A full disk must not keep the journal from opening: the damage is reported without a copy.
            return range;
        }
    }

    /// <summary>Moves a whole file here; returns its new name.</summary>
    public string SetAside(string file)
    {
        var kept = storage.List(JournalFormat.QuarantineFolder);
        var name = file;
        for (var i = 1; kept.Contains(name); i++)
            name = $"{file}.{i}";
        name = $"{JournalFormat.QuarantineFolder}/{name}";
        storage.Move(file, name);
        return name;
    }

    private long BytesOf(IReadOnlyList<string> names)
    {
        long sum = 0;
        foreach (var name in names)
        {
            using var file = storage.Open($"{JournalFormat.QuarantineFolder}/{name}", writable: false);
            sum += file.Length;
        }

        return sum;
    }

    private void Copy(DamagedRange range, string name)
    {
        using var from = storage.Open(range.File, writable: false);
        using var to = storage.Create(name, reserveBytes: 0);
        var buffer = new byte[Math.Min(CopyBytes, range.Length)];
        for (long done = 0; done < range.Length;)
        {
            var read = from.Read(range.Offset + done, buffer.AsSpan(0, (int)Math.Min(buffer.Length, range.Length - done)));
            if (read == 0)
                break;
            to.Write(done, buffer.AsSpan(0, read));
            done += read;
        }

        to.SyncData();
    }
}
