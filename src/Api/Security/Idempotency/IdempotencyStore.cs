namespace Fengsui.Api.Security.Idempotency;

/// <summary>
/// The answers to commands that came with an <c>Idempotency-Key</c>, for a day. Bounded in number and bytes: the oldest goes first. They survive a restart in
/// a file; where that cannot be written they do not, and what is in the journal under the key's id stays known there.
/// </summary>
/// <param name="file">Null: in memory alone.</param>
internal sealed class IdempotencyStore(TimeProvider time, AnswerFile? file, ILogger logger)
{
    public const int MaxAnswers = 10_000;
    public const int MaxBytes = 16 << 20;

    /// <summary>The file is written anew when so much was appended to it.</summary>
    private const long MaxAppended = 4L * MaxBytes;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Queue<Entry> _order = new();
    private long _bytes;
    private bool _isRead = file is null;

    /// <summary>Takes a key for a request. When it was taken before, the answer, or that there is none yet, or that the request was another one.</summary>
    public IdempotencyVerdict Begin(string key, ReadOnlySpan<byte> fingerprint, out StoredAnswer? answer)
    {
        lock (_lock)
        {
            Read();
            Forget();
            answer = null;
            if (!_entries.TryGetValue(key, out var entry))
            {
                _entries.Add(key, new Entry(key, fingerprint.ToArray(), time.GetUtcNow()));
                return IdempotencyVerdict.First;
            }

            answer = entry.Answer;
            return !fingerprint.SequenceEqual(entry.Fingerprint) ? IdempotencyVerdict.Reused
                : answer is null ? IdempotencyVerdict.InProgress
                : IdempotencyVerdict.Repeat;
        }
    }

    /// <summary>Keeps the answer to the request that took the key; null lets the key go, so that the request can be tried again.</summary>
    public void End(string key, StoredAnswer? answer)
    {
        lock (_lock)
        {
            if (answer is null)
            {
                _entries.Remove(key);
                return;
            }

            var entry = _entries[key];
            Keep(entry, answer);
            Forget();
            Save(entry);
        }
    }

    private void Keep(Entry entry, StoredAnswer answer)
    {
        entry.Answer = answer;
        _bytes += answer.Body.Length;
        _order.Enqueue(entry);
    }

    /// <summary>Once, when the data directory is there.</summary>
    private void Read()
    {
        if (_isRead)
        {
            return;
        }

        _isRead = true;
        try
        {
            foreach (var kept in file!.Read().Where(kept => !_entries.ContainsKey(kept.Key)))
            {
                var entry = new Entry(kept.Key, kept.Fingerprint, kept.Began);
                _entries.Add(kept.Key, entry);
                Keep(entry, kept.Answer);
                Forget();
            }

            file.Rewrite(_order.Select(entry => entry.Whole));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.AnswersNotKept(logger, fault);
        }
    }

    private void Save(Entry entry)
    {
        try
        {
            file?.Append(entry.Whole);
            if (file?.Appended > MaxAppended)
                file.Rewrite(_order.Select(kept => kept.Whole));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.AnswersNotKept(logger, fault);
        }
    }

    private void Forget()
    {
        while (_order.TryPeek(out var oldest) && (_order.Count > MaxAnswers || _bytes > MaxBytes || time.GetUtcNow() - oldest.Began > Kept))
        {
            _order.Dequeue();
            _entries.Remove(oldest.Key);
            _bytes -= oldest.Answer!.Body.Length;
        }
    }

    private sealed class Entry(string key, byte[] fingerprint, DateTimeOffset began)
    {
        public string Key { get; } = key;

        public byte[] Fingerprint { get; } = fingerprint;

        public DateTimeOffset Began { get; } = began;

        public StoredAnswer? Answer { get; set; }

        /// <summary>Once it is answered.</summary>
        public KeptAnswer Whole => new(Key, Fingerprint, Began, Answer!);
    }
}
