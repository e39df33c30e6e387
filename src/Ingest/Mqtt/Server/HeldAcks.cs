using System.Runtime.InteropServices;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>
/// Acknowledgements in the order of their messages [MQTT-4.6.0-2], already encoded, each run of them waiting for a journal position. Those that
/// wait for nothing stand behind those that do.
/// </summary>
internal sealed class HeldAcks(ConnectionOutput output)
{
    private readonly Lock _gate = new();
    private readonly Queue<Run> _runs = new();
    private byte[] _bytes = [];
    private int _start;
    private int _end;
    private long _committed;
    private long _releasedQuota;
    private int _heldPackets;
    private TaskCompletionSource? _releaseAwaited;

    /// <summary>Messages whose exchange is over, since the connection began.</summary>
    public long ReleasedQuota => Volatile.Read(ref _releasedQuota);

    /// <summary>Acknowledgements that wait for the journal.</summary>
    public int HeldPackets => Volatile.Read(ref _heldPackets);

    /// <summary>Adds a run; returns true when something went to the output at once. <paramref name="position"/> 0 = waits only for those before it.</summary>
    public bool Add(ReadOnlySpan<byte> acks, int packets, int quota, long position)
    {
        lock (_gate)
        {
            if (_runs.Count == 0 && position <= _committed)
            {
                Finish(acks, packets, quota);
                return true;
            }
            acks.CopyTo(Reserve(acks.Length));
            _end += acks.Length;
            _runs.Enqueue(new Run(position, acks.Length, packets, quota));
            Volatile.Write(ref _heldPackets, _heldPackets + packets);
            return ReleaseUnderLock();
        }
    }

    /// <summary>Lets go what waited for positions up to <paramref name="committed"/>; true when something went to the output.</summary>
    public bool Release(long committed)
    {
        lock (_gate)
        {
            if (committed > _committed) _committed = committed;
            return ReleaseUnderLock();
        }
    }

    /// <summary>Completes after the next release.</summary>
    public Task WaitForReleaseAsync()
    {
        lock (_gate)
        {
            if (_runs.Count == 0) return Task.CompletedTask;
            _releaseAwaited ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _releaseAwaited.Task;
        }
    }

    /// <summary>Lets a waiting read loop go, at the end of the connection.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _releaseAwaited?.TrySetResult();
            _releaseAwaited = null;
        }
    }

    private bool ReleaseUnderLock()
    {
        var released = false;
        while (_runs.TryPeek(out var run) && run.Position <= _committed)
        {
            _runs.Dequeue();
            Volatile.Write(ref _heldPackets, _heldPackets - run.Packets);
            Finish(_bytes.AsSpan(_start, run.Length), run.Packets, run.Quota);
            _start += run.Length;
            released = true;
        }
        if (_runs.Count == 0) _start = _end = 0;
        return released;
    }

    private void Finish(ReadOnlySpan<byte> acks, int packets, int quota)
    {
        Volatile.Write(ref _releasedQuota, _releasedQuota + quota);
        output.Append(acks, packets);
        _releaseAwaited?.TrySetResult();
        _releaseAwaited = null;
    }

    private Span<byte> Reserve(int length)
    {
        if (_bytes.Length - _end >= length) return _bytes.AsSpan(_end);
        var held = _end - _start;
        var target = held + length <= _bytes.Length / 2 ? _bytes : new byte[Math.Max(256, (held + length) * 2)];
        _bytes.AsSpan(_start, held).CopyTo(target);
        (_bytes, _start, _end) = (target, 0, held);
        return _bytes.AsSpan(_end);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Run(long Position, int Length, int Packets, int Quota);
}
