using System.Collections.Concurrent;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Admission;

namespace Fengsui.Ingest.Sources.Again;

/// <summary>
/// Where the dead letters of field protocols and of HTTP are tried again: each by the source that refused it, as that is configured now. All of a letter is
/// taken or nothing, and what is refused again leaves no second letter behind. Safe from any thread.
/// </summary>
public sealed class SecondTries
{
    /// <summary>Protocols whose letters are bytes of their own rather than messages of a topic; and of those that never can be, why.</summary>
    private static readonly Dictionary<string, string> Protocols = new()
    {
        ["http"] = "",
        ["hj212"] = "",
        ["jt808"] = "",
        ["ble"] = "",
        ["modbus"] = "an answer of Modbus means nothing without the question it was to, and the register has been asked again since",
    };

    private readonly ConcurrentDictionary<(string Protocol, string Source), ISecondTaker> _takers = new();
    private readonly Func<string, long, IntakeCounters, CancellationToken, SampleIntake> _open;

    /// <param name="open">The intake of a ledger, for what was heard then, with counters of its own.</param>
    internal SecondTries(Func<string, long, IntakeCounters, CancellationToken, SampleIntake> open) => _open = open;

    /// <summary>Whether letters of this protocol come here, rather than by the topic of a message.</summary>
    public static bool Knows(string protocol) => Protocols.ContainsKey(protocol);

    /// <exception cref="OperationCanceledException">Nobody waits any more; nothing was stored, or all of it will be.</exception>
    public async Task<SecondOutcome> TakeAsync(SecondLetter letter, CancellationToken cancellation)
    {
        if (Protocols.GetValueOrDefault(letter.Protocol) is { Length: > 0 } never)
        {
            return new SecondOutcome(RejectReason.None, never);
        }

        if (!_takers.TryGetValue((letter.Protocol, letter.Source), out var taker))
        {
            return new SecondOutcome(RejectReason.None, $"the source {letter.Protocol}/{letter.Source} that refused it is not configured any more, or has not started");
        }

        var counters = new IntakeCounters();
        using var intake = _open($"{letter.Protocol}/{letter.Source}", letter.HeardMs, counters, cancellation);
        var impossible = await taker.TakeAsync(letter, intake, new SourceConnection(0, letter.Protocol, letter.Source, "dead-letters", TimeProvider.System), cancellation).ConfigureAwait(false);
        var reason = counters.FirstRejected();
        if (impossible.Length == 0 && reason == RejectReason.None)
        {
            await intake.CommitAsync().ConfigureAwait(false);
        }

        return new SecondOutcome(reason, impossible);
    }

    /// <summary>A source takes its letters again until the answer is disposed of.</summary>
    internal IDisposable Offer(string protocol, string source, ISecondTaker? taker)
    {
        if (taker is not null)
        {
            _takers[(protocol, source)] = taker;
        }

        return new Offered(this, (protocol, source), taker);
    }

    private sealed class Offered(SecondTries all, (string Protocol, string Source) key, ISecondTaker? taker) : IDisposable
    {
        public void Dispose()
        {
            if (taker is not null)
            {
                all._takers.TryRemove(new(key, taker));
            }
        }
    }
}
