using Fengsui.Devices.Records;

namespace Fengsui.Devices.Ledger;

/// <summary>The counts of every source, as one shard sees them. Owned by that shard.</summary>
internal sealed class LedgerBook
{
    private LedgerCounts[] _bySource = new LedgerCounts[16];

    /// <summary>The counts of one source; valid until the next call with a larger source.</summary>
    public ref LedgerCounts this[int source]
    {
        get
        {
            if (source >= _bySource.Length)
            {
                Array.Resize(ref _bySource, Math.Max(source + 1, _bySource.Length * 2));
            }

            return ref _bySource[source];
        }
    }

    public LedgerBook Clone() => new() { _bySource = [.. _bySource] };

    public int Sources => _bySource.Length;

    public void Write(RecordWriter writer)
    {
        writer.Int32(_bySource.Length);
        foreach (ref readonly var counts in _bySource.AsSpan())
        {
            counts.Write(writer);
        }
    }

    public static LedgerBook Read(ref RecordReader reader)
    {
        var book = new LedgerBook { _bySource = new LedgerCounts[reader.Count(LedgerCounts.SizeBytes)] };
        foreach (ref var counts in book._bySource.AsSpan())
        {
            counts = LedgerCounts.Read(ref reader);
        }

        return book;
    }

    /// <summary>Adds another shard's book, source by source.</summary>
    public void Add(LedgerBook other)
    {
        for (var source = 0; source < other._bySource.Length; source++)
        {
            this[source] = this[source].Plus(other._bySource[source]);
        }
    }
}
