using Fengsui.Devices.Records;

namespace Fengsui.Devices.Registry;

/// <summary>
/// Declarations that are not in the journal yet, in order. They go there in as many batches as their size asks for: a
/// whole configuration may be declared before the first reading comes. The registry's lock guards it.
/// </summary>
internal sealed class PendingDeclarations
{
    private readonly RecordWriter _writer = new();
    private readonly List<int> _starts = [];
    private int _appended;
    private volatile bool _any;

    /// <summary>Safe to read without the lock.</summary>
    public bool Any => _any;

    /// <summary>The writer for the fields of one more declaration.</summary>
    public RecordWriter Begin(DeclarationKind kind, int id)
    {
        // Set before the id becomes visible: whoever sees the id also sees that something is pending.
        _any = true;
        _starts.Add(_writer.Written.Length);
        _writer.Byte((byte)kind);
        _writer.Int32(id);
        return _writer;
    }

    /// <summary>Appends what is left through <paramref name="append"/>; false when it refused, and then the rest stays.</summary>
    public bool TryAppend(Func<ReadOnlyMemory<byte>, bool> append, int maxBatchBytes)
    {
        while (_appended < _starts.Count)
        {
            var next = EndOfBatch(maxBatchBytes);
            if (!append(Batch(_starts[_appended], StartOf(next))))
            {
                return false;
            }

            _appended = next;
        }

        _writer.Clear();
        _starts.Clear();
        _appended = 0;
        _any = false;
        return true;
    }

    private int EndOfBatch(int maxBatchBytes)
    {
        var next = _appended + 1;
        while (next < _starts.Count && StartOf(next + 1) - _starts[_appended] < maxBatchBytes)
        {
            next++;
        }

        return next;
    }

    private int StartOf(int index) => index < _starts.Count ? _starts[index] : _writer.Written.Length;

    private byte[] Batch(int from, int to) => [(byte)BatchKind.Declarations, .. _writer.Written[from..to]];
}
