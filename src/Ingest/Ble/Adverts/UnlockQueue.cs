using System.Threading.Channels;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Ble.Adverts;

/// <summary>
/// Tells zones who unlocked. The journal is one sequence and the readings of the same message are appended behind the fact, so that the message is
/// acknowledged after both are durable. Only while the journal has no room does a fact wait here, and go in as soon as there is some.
/// </summary>
internal sealed class UnlockQueue(DeviceEngine engine, string author, SourceConnection report)
{
    /// <summary>Facts that wait at most; one more is dropped and said: the rule of two persons then errs to the side of an alarm.</summary>
    public const int MaxWaiting = 1_000;

    private readonly Channel<byte[]> _waiting = Channel.CreateBounded<byte[]>(MaxWaiting);

    /// <summary>Never waits.</summary>
    public void Tell(UnlockFact unlock)
    {
        var record = new SiteRecord(engine.Clock.NowMs(), author, unlock.Zone, unlock.Fact).Encode();
        if (_waiting.Reader.Count == 0 && engine.Intake.TryAppend(record, null, out _))
        {
            return;
        }

        if (!_waiting.Writer.TryWrite(record))
        {
            report.Fail($"an unlock by {unlock.Fact.Person} was not told to {unlock.Zone}: the journal has no room");
        }
    }

    /// <summary>Runs until the source is to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await foreach (var record in _waiting.Reader.ReadAllAsync(stopping).ConfigureAwait(false))
        {
            while (!engine.Intake.TryAppend(record, null, out _))
            {
                await engine.Intake.WaitForRoomAsync(stopping).ConfigureAwait(false);
            }
        }
    }
}
