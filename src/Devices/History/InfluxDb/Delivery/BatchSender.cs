using System.Text;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Lines;

namespace Fengsui.Devices.History.InfluxDb.Delivery;

/// <summary>
/// Brings one batch after the other to its end: every line is stored by the server, or kept aside with the server's reason.
/// A request that failed is made again, whole; that is safe, since a server stores a point once. Lines that a server names are
/// taken out; where it names none, halves are sent until the bad ones are alone. One at a time, so that the lines of a series
/// keep their order.
/// </summary>
internal sealed class BatchSender(InfluxTargetOptions target, InfluxClient client, TargetPause pause, TargetCounters counters, SizeLimit limit, RejectedLines rejected) : IDisposable
{
    private readonly MemoryStream _compressed = new();
    private readonly Stack<(int From, int To)> _ranges = new();
    private readonly List<int> _sent = [];
    private byte[] _picked = [];
    private bool[] _isDead = [];
    private LineBatch _batch = new(0, 0);

    /// <summary>Returns when the server has taken every good line.</summary>
    /// <exception cref="OperationCanceledException">As asked for; the batch must then be sent again.</exception>
    public async Task SendAsync(LineBatch batch, CancellationToken cancellation)
    {
        _batch = batch;
        _isDead = _isDead.Length >= batch.Lines ? _isDead : new bool[batch.Lines];
        Array.Clear(_isDead);
        _ranges.Clear();
        _ranges.Push((0, batch.Lines));
        while (_ranges.TryPop(out var range))
        {
            await SendAsync(range.From, range.To, cancellation).ConfigureAwait(false);
        }

        rejected.Sync();
    }

    public void Dispose() => _compressed.Dispose();

    private async Task SendAsync(int from, int to, CancellationToken cancellation)
    {
        while (true)
        {
            var lines = Pick(from, to);
            if (lines.IsEmpty)
            {
                return;
            }

            if (_sent.Count > 1 && limit.IsKnownTooLarge(lines.Length))
            {
                Split(from, to);
                return;
            }

            await pause.PassAsync(cancellation).ConfigureAwait(false);
            counters.Requested();
            var answer = await client.WriteAsync(lines, _compressed, cancellation).ConfigureAwait(false);
            if (answer.Kind == AnswerKind.Done)
            {
                pause.Succeeded();
                counters.Wrote(_sent.Count, lines.Length);
                return;
            }

            counters.Repeated();
            counters.Failed(answer.Reason);
            if (IsSettled(answer, from, to, lines.Length))
            {
                return;
            }
        }
    }

    /// <summary>Acts on an answer that is not "stored". True when the range is dealt with, or will be in parts.</summary>
    private bool IsSettled(InfluxAnswer answer, int from, int to, int bytes)
    {
        switch (answer.Kind)
        {
            case AnswerKind.Retry:
                pause.Failed(answer.RetryAfter);
                return false;
            case AnswerKind.Stop:
                pause.Stopped();
                return false;
            case AnswerKind.GzipRefused:
                client.StopGzip();
                return false;
            case AnswerKind.TooLarge when _sent.Count == 1:
                Reject(_sent[0], answer.Reason);
                return true;
            case AnswerKind.TooLarge:
                limit.Refused(bytes);
                Split(from, to);
                return true;
            default:
                return IsRefusalSettled(answer, from, to);
        }
    }

    private bool IsRefusalSettled(InfluxAnswer answer, int from, int to)
    {
        if (RejectNamed(answer))
        {
            return false;
        }

        if (answer.Dropped == _sent.Count)
        {
            _sent.ForEach(line => Reject(line, answer.Reason));
            return true;
        }

        if (_sent.Count > 1)
        {
            Split(from, to);
            return true;
        }

        // One line, and the server says nothing of lines: if it has never taken any, it may be the request that it refuses.
        if (!answer.IsAboutLines && counters.Lines == 0)
        {
            pause.Stopped();
            return false;
        }

        Reject(_sent[0], answer.Reason);
        return true;
    }

    /// <summary>Takes out the lines that the answer names; false when it names none of those that were sent.</summary>
    private bool RejectNamed(InfluxAnswer answer)
    {
        var found = false;
        foreach (var bad in answer.BadLines)
        {
            var line = bad.Number >= 0 && bad.Number < _sent.Count && IsText(_sent[bad.Number], bad.Text) ? _sent[bad.Number]
                : bad.Text.Length > 0 ? Find(bad.Text)
                : -1;
            if (line >= 0 && !_isDead[line])
            {
                Reject(line, $"{(int)answer.Status!} {bad.Reason}");
                found = true;
            }
        }

        return found;
    }

    /// <summary>Numbers are believed only when the text that comes with them is the line's, as far as it goes.</summary>
    private bool IsText(int line, string text)
    {
        var own = Encoding.UTF8.GetString(_batch.Line(line).Span).TrimEnd('\n');
        var shown = text.TrimEnd('\n', '.', '…');
        return own.StartsWith(shown, StringComparison.Ordinal);
    }

    private int Find(string text)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        foreach (var line in _sent)
        {
            if (!_isDead[line] && _batch.Line(line).Span.TrimEnd((byte)'\n').SequenceEqual(wanted))
            {
                return line;
            }
        }

        return -1;
    }

    private void Reject(int line, string reason)
    {
        _isDead[line] = true;
        rejected.Add(_batch.PositionOf(line), _batch.IndexOf(line), $"{target.Name}: {reason}", _batch.Line(line).Span);
    }

    /// <summary>The earlier half first: where a series has two lines of one time, the later one must be written last.</summary>
    private void Split(int from, int to)
    {
        var middle = _sent[_sent.Count / 2];
        _ranges.Push((middle, to));
        _ranges.Push((from, middle));
    }

    private ReadOnlyMemory<byte> Pick(int from, int to)
    {
        _sent.Clear();
        var bytes = 0;
        for (var line = from; line < to; line++)
        {
            if (!_isDead[line])
            {
                _sent.Add(line);
                bytes += _batch.Line(line).Length;
            }
        }

        if (_sent.Count == to - from)
        {
            return _batch.Range(from, to);
        }

        _picked = _picked.Length >= bytes ? _picked : new byte[bytes];
        var length = 0;
        foreach (var line in _sent)
        {
            var text = _batch.Line(line);
            text.CopyTo(_picked.AsMemory(length));
            length += text.Length;
        }

        return _picked.AsMemory(0, length);
    }
}
