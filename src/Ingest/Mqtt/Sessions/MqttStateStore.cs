using System.Security.Cryptography;
using Fengsui.Ingest.Mqtt.Server;

namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>
/// Keeps retained messages and sessions (subscriptions, what is under way, what waits) over a restart. One file, readable by its owner only, replaced
/// as a whole: <c>FENGMQTT</c>, version, flags, wall time, retained messages, sessions, SHA-256; all numbers 8 bytes little-endian. Inbound QoS 2
/// identifiers are kept by a graceful shutdown only: after a crash an old set could make a new message look received, and losing it is worse than
/// taking it twice. Wills are not kept.
/// </summary>
public sealed class MqttStateStore(string path, long maxFileBytes = MqttStateStore.DefaultMaxFileBytes)
{
    /// <summary>1 GiB: it is read in one piece. Queued messages beyond it are not kept, and counted.</summary>
    public const long DefaultMaxFileBytes = 1024L * 1024 * 1024;

    private const int FormatVersion = 1, ChecksumBytes = 32;

    private readonly Lock _gate = new();

    private static ReadOnlySpan<byte> Magic => "FENGMQTT"u8;

    /// <summary>Saves; false when the file system refuses (counted, tried again next time). <paramref name="graceful"/>: after <see cref="MqttBroker.StopAsync"/>.</summary>
    public bool TrySave(MqttBroker broker, bool graceful)
    {
        lock (_gate)
        {
            try
            {
                Save(broker, graceful);
                return true;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                broker.Count(DropPolicy.StateFileNotWritten);
                return false;
            }
        }
    }

    /// <summary>Loads into a new broker, before it serves. A file that cannot be used is set aside and counted.</summary>
    public StateLoadReport Load(MqttBroker broker)
    {
        lock (_gate)
        {
            if (!File.Exists(path)) return new StateLoadReport(StateLoadOutcome.NoFile, 0, 0, null);
            var report = TryRead(out var bytes) ? Parse(broker, bytes) : Failure(StateLoadOutcome.Unreadable);
            if (report.Outcome == StateLoadOutcome.Loaded) return report;
            broker.Count(DropPolicy.StateFileSetAside);
            return report with { SetAsidePath = SetAside(broker.Time) };
        }
    }

    private static StateLoadReport Failure(StateLoadOutcome outcome) => new(outcome, 0, 0, null);

    private void Save(MqttBroker broker, bool graceful)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 64 * 1024 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options))
        {
            using var writer = new StateWriter(stream);
            Write(writer, broker, graceful);
            writer.Finish();
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    private void Write(StateWriter writer, MqttBroker broker, bool graceful)
    {
        var now = broker.NowMs;
        writer.Bytes(Magic);
        writer.Number(FormatVersion);
        writer.Flag(graceful);
        writer.Number(broker.Time.GetUtcNow().ToUnixTimeMilliseconds());
        var retained = broker.RetainedMessages.All(now).OrderBy(m => m.Topic, StringComparer.Ordinal).ToArray();
        writer.Number(retained.Length);
        foreach (var message in retained) writer.Message(message, now);
        var sessions = broker.Sessions.Where(s => s.ExpirySeconds > 0).OrderBy(s => s.ClientId, StringComparer.Ordinal).ToArray();
        writer.Number(sessions.Length);
        foreach (var session in sessions) WriteSession(writer, broker, session, graceful, now);
    }

    private void WriteSession(StateWriter writer, MqttBroker broker, MqttSession session, bool graceful, long now)
    {
        writer.Text(session.ClientId);
        writer.Text(session.Access.User);
        writer.Number(session.ExpirySeconds);
        writer.Number(session.Owner is null ? Math.Max(0, session.ExpiresAtMs - now) : session.ExpirySeconds * 1000L);
        var subscriptions = session.Subscriptions.OrderBy(s => s.Filter, StringComparer.Ordinal).ToArray();
        writer.Number(subscriptions.Length);
        foreach (var subscription in subscriptions)
        {
            writer.Text(subscription.Filter);
            writer.Byte(subscription.Options.ToByte());
            writer.Number(subscription.Identifier);
        }
        var (inflight, queued) = session.Outbound;
        writer.Number(inflight.Count);
        foreach (var message in inflight)
        {
            writer.Number(message.PacketId);
            writer.Flag(message.Released);
            writer.Entry(message.Entry, now);
        }
        var kept = queued.Where(e => !e.IsReplay && e.Qos > 0).ToArray();
        if (writer.Length + kept.Sum(e => (long)e.Message.SizeBytes) > maxFileBytes)
        {
            broker.Count(DropPolicy.StateFileFull);
            kept = [];
        }
        writer.Number(kept.Length);
        foreach (var entry in kept) writer.Entry(entry, now);
        var inbound = graceful ? session.InboundQos2.Ids().ToArray() : [];
        writer.Number(inbound.Length);
        foreach (var id in inbound) writer.Number(id);
    }

    private bool TryRead(out byte[] bytes)
    {
        bytes = [];
        try
        {
            if (new FileInfo(path).Length > Array.MaxLength) return false;
            bytes = File.ReadAllBytes(path);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static StateLoadReport Parse(MqttBroker broker, byte[] bytes)
    {
        if (bytes.Length < Magic.Length + 8 + ChecksumBytes || !bytes.AsSpan().StartsWith(Magic)) return Failure(StateLoadOutcome.NotAStateFile);
        var body = bytes.AsSpan(0, bytes.Length - ChecksumBytes);
        if (!SHA256.HashData(body).AsSpan().SequenceEqual(bytes.AsSpan(body.Length))) return Failure(StateLoadOutcome.ChecksumMismatch);
        if (BitConverter.ToInt64(bytes, Magic.Length) != FormatVersion) return Failure(StateLoadOutcome.UnknownVersion);
        var header = new StateReader(body[(Magic.Length + 8)..], broker.Access, 0, 0);
        header.Flag();
        // A wall clock that was set back must not lengthen anything, and one set forward ends at most what it says.
        var elapsed = Math.Max(0, broker.Time.GetUtcNow().ToUnixTimeMilliseconds() - header.Number());
        var reader = new StateReader(body[(Magic.Length + 8 + 1 + 8)..], broker.Access, broker.NowMs, elapsed);
        return Apply(broker, ref reader);
    }

    private static StateLoadReport Apply(MqttBroker broker, ref StateReader reader)
    {
        var retained = new List<BrokerMessage>();
        for (var left = reader.Count(); left > 0 && !reader.Failed; left--) retained.Add(reader.Message());
        var sessions = new List<StoredSession>();
        for (var left = reader.Count(); left > 0 && !reader.Failed; left--) sessions.Add(StoredSession.Read(ref reader));
        if (reader.Failed || !reader.AtEnd) return Failure(StateLoadOutcome.Inconsistent);
        foreach (var message in retained.Where(m => !m.IsExpired(broker.NowMs))) broker.Retain(message);
        var restored = sessions.Count(session => session.TryRestore(broker));
        return new StateLoadReport(StateLoadOutcome.Loaded, restored, broker.RetainedCount, null);
    }

    private string? SetAside(TimeProvider time)
    {
        var target = FormattableString.Invariant($"{path}.damaged-{time.GetUtcNow().ToUnixTimeMilliseconds()}");
        try
        {
            File.Move(path, target, overwrite: true);
            return target;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
