using System.Collections.Concurrent;
using System.Text;
using Fengsui.Devices.Journal;
using Fengsui.Ingest.Admission;

namespace Fengsui.Ingest.Tests.Mqtt.Support;

/// <summary>An intake and journal under the test's hand: <c>telemetry/…</c> is staged, <c>refused/…</c> refused, the rest is not telemetry.</summary>
internal sealed class ScriptedIntake : IIntake
{
    private readonly Lock _gate = new();
    private readonly List<(ICommitWaiter Waiter, long Position)> _waiters = [];
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position;
    private long _committed;

    public ConcurrentQueue<string> Accepted { get; } = new();

    public bool IsFull { get; set; }

    public long Position => Interlocked.Read(ref _position);

    public int BatchLimit { get; set; } = int.MaxValue;

    public IConnectionIntake Open(string clientId, string protocol, string? user) => new Connection(this);

    /// <summary>Makes everything appended so far durable.</summary>
    public void Commit()
    {
        List<(ICommitWaiter Waiter, long Position)> due;
        lock (_gate)
        {
            _committed = _position;
            due = [.. _waiters];
            _waiters.Clear();
        }
        foreach (var (waiter, position) in due) waiter.OnCommitted(position);
    }

    public void MakeRoom()
    {
        IsFull = false;
        var room = _room;
        _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        room.SetResult();
    }

    private sealed class Connection(ScriptedIntake intake) : IConnectionIntake
    {
        private int _staged;

        public byte RefusedReason => 0x97;

        public bool HasStaged => _staged > 0;

        public int Staged => _staged;

        public bool NeedsCommit => _staged >= intake.BatchLimit;

        public long CommittedPosition => Interlocked.Read(ref intake._committed);

        public IntakeVerdict Accept(in InboundMessage message)
        {
            if (message.Topic.StartsWith("refused/"u8)) return IntakeVerdict.Refused;
            if (!message.Topic.StartsWith("telemetry/"u8)) return IntakeVerdict.NotTelemetry;
            intake.Accepted.Enqueue(Encoding.UTF8.GetString(message.Payload));
            _staged++;
            return IntakeVerdict.Staged;
        }

        public bool TryCommit(ICommitWaiter waiter, out long position)
        {
            position = 0;
            if (intake.IsFull) return false;
            lock (intake._gate)
            {
                position = ++intake._position;
                intake._waiters.Add((waiter, position));
            }
            _staged = 0;
            return true;
        }

        public async ValueTask WaitForRoomAsync(CancellationToken cancellation) => await intake._room.Task.WaitAsync(cancellation);

        public void Dispose()
        {
        }
    }
}
