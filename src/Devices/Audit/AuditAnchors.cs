using Fengsui.Devices.Records;

namespace Fengsui.Devices.Audit;

/// <summary>Puts the head of the log into the journal now and then, and tells of it. On the log's thread.</summary>
/// <param name="append">Appends a batch to the journal; false when it has no room, which is tried again.</param>
/// <param name="published">Told of each head that was anchored.</param>
internal sealed class AuditAnchors(AuditOptions options, TimeProvider time, Func<byte[], bool> append, Action<AuditHead> published)
{
    /// <summary>Anchors of this run that a comparison can be spared.</summary>
    private const int MaxRemembered = 64;

    private readonly Queue<AuditHead> _recent = new();
    private AuditHead _last = AuditHead.None;
    private long _lastStamp = time.GetTimestamp();
    private bool _isFirst = true;

    /// <summary>Heads anchored in this run.</summary>
    public long Count { get; private set; }

    /// <summary>The newest head that is anchored. Any thread may see an older one.</summary>
    public AuditHead Last => _last;

    /// <summary>Anchors a head when it is time to.</summary>
    public void Consider(AuditHead head)
    {
        if (head.Sequence > 0 && IsTime(head))
        {
            Anchor(head);
        }
    }

    /// <summary>Anchors a head unless it is.</summary>
    public void Anchor(AuditHead head)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        if ((head == _last && !_isFirst && !IsIdle) || !append(new AuditAnchor(nowMs, head.Sequence, head.Hash).Encode()))
        {
            return;
        }

        (_last, _lastStamp, _isFirst) = (head, time.GetTimestamp(), false);
        Count++;
        _recent.Enqueue(head);
        if (_recent.Count > MaxRemembered)
        {
            _recent.Dequeue();
        }

        published(head);
    }

    /// <summary>Whether this run anchored it: then nothing has to be compared.</summary>
    public bool IsOurs(AuditAnchor anchor) => _recent.Contains(new AuditHead(anchor.Sequence, anchor.Hash));

    private bool IsIdle => time.GetElapsedTime(_lastStamp) >= options.IdleAnchorInterval;

    private bool IsTime(AuditHead head) =>
        _isFirst
        || head.Sequence - _last.Sequence >= options.AnchorRecords
        || (head.Sequence > _last.Sequence && time.GetElapsedTime(_lastStamp) >= options.AnchorInterval)
        || IsIdle;
}
