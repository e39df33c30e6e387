using System.Globalization;

namespace Fengsui.Devices.Alerts.Storage;

/// <summary>Reads the segments of an alert log at its opening, cuts off what a crash left of a position, and sets aside what is damaged.</summary>
/// <param name="resume">Only what follows it is read; null, or one that no segment continues: everything that is left.</param>
internal sealed class AlertLogLoad(string directory, AlertLogResume? resume, Action<AlertEntry> visit)
{
    private readonly List<AlertSegment> _found = AlertSegment.List(directory);
    private readonly byte[] _chain = new byte[AlertLogEntry.ChainBytes];
    private long _count;
    private long _lastPosition = -1;

    /// <summary>What the log goes on with; at least one.</summary>
    public List<AlertSegment> Segments { get; } = [];

    public AlertLogResume Place => new(_count, _lastPosition, [.. _chain]);

    public string? Damage { get; private set; }

    /// <summary>Whether a segment begins where something was known up to.</summary>
    public static bool Continues(IReadOnlyList<AlertSegment> segments, AlertLogResume resume) => segments.Any(segment => Follows(segment, resume));

    /// <exception cref="IOException">The folder cannot be used.</exception>
    public void Run()
    {
        var at = Begin();
        for (; at < _found.Count; at++)
        {
            var segment = _found[at];
            if (!Follows(segment, Place))
            {
                Damage = $"{segment.Path} does not continue entry {_count}: it and what follows was set aside";
                SetAside(at);
                return;
            }

            Segments.Add(segment);
            if (!TryLoad(segment, isLast: at == _found.Count - 1))
            {
                SetAside(at + 1);
                return;
            }
        }
    }

    private static bool Follows(AlertSegment segment, AlertLogResume place) => segment.First == place.Count + 1 && segment.ChainBefore.AsSpan().SequenceEqual(place.Chain);

    /// <summary>The first segment to be read.</summary>
    private int Begin()
    {
        if (_found.Count == 0)
        {
            Segments.Add(AlertSegment.Of(directory, 1, _chain));
            return 0;
        }

        if (resume is not null && _found.FindIndex(segment => Follows(segment, resume)) is >= 0 and var at)
        {
            for (var i = 0; i < at; i++)
            {
                _found[i].Length = new FileInfo(_found[i].Path).Length;
                Segments.Add(_found[i]);
            }

            (_count, _lastPosition) = (resume.Count, resume.LastPosition);
            resume.Chain.CopyTo(_chain, 0);
            return at;
        }

        foreach (var kept in KeptEntries.Read(directory).TakeWhile(kept => kept.Number < _found[0].First))
        {
            visit(kept.Entry);
            _lastPosition = kept.Entry.JournalPosition;
        }

        _count = _found[0].First - 1;
        _found[0].ChainBefore.CopyTo(_chain, 0);
        return 0;
    }

    /// <summary>False when it ends in damage.</summary>
    private bool TryLoad(AlertSegment segment, bool isLast)
    {
        using var file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var length = RandomAccess.GetLength(file);
        var reader = new AlertLogReader(file, length, 0);
        var place = new List<AlertEntry>();
        var offsets = new List<long>();
        var chain = (byte[])_chain.Clone();
        for (var start = 0L; reader.TryRead(chain, out var entry, out var hasMore); start = reader.IntactLength)
        {
            place.Add(entry);
            offsets.Add(start);
            if (!hasMore)
            {
                Loaded(segment, place, offsets);
                chain.CopyTo(_chain, 0);
                segment.Length = reader.IntactLength;
            }
        }

        if (segment.Length == length)
        {
            return true;
        }

        var isTorn = isLast && !reader.HasMoreLines;
        Damage = isTorn
            ? $"{segment.Path}: the last {length - segment.Length} bytes are not all lines of a position, as after a crash, and were removed; a replay gives them again"
            : Copied(segment);
        RandomAccess.SetLength(file, segment.Length);
        RandomAccess.FlushToDisk(file);
        return isTorn;
    }

    private void Loaded(AlertSegment segment, List<AlertEntry> place, List<long> offsets)
    {
        for (var i = 0; i < place.Count; i++)
        {
            segment.Enter(++_count, offsets[i]);
            visit(place[i]);
        }

        _lastPosition = place[^1].JournalPosition;
        place.Clear();
        offsets.Clear();
    }

    private static string Copied(AlertSegment segment)
    {
        var copy = string.Create(CultureInfo.InvariantCulture, $"{segment.Path}.damaged-at-{segment.Length}");
        File.Copy(segment.Path, copy, overwrite: true);
        return $"{segment.Path}: the line at byte {segment.Length} does not continue the chain; the whole file was copied to {copy}";
    }

    private void SetAside(int from)
    {
        foreach (var segment in _found.Skip(from))
        {
            File.Move(segment.Path, segment.Path + ".damaged", overwrite: true);
        }
    }
}
