using System.Buffers;
using System.IO.Pipelines;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>
/// Encoded packets on their way out. Callers encode into one buffer while the other leaves, so that whatever gathers
/// during a write goes out together in the next.
/// </summary>
internal sealed class SendQueue(PipeWriter output, MqttVersion version, int maxPendingBytes) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private ArrayBufferWriter<byte> _filling = new();
    private ArrayBufferWriter<byte> _leaving = new();
    private TaskCompletionSource? _room;
    private bool _signalled;
    private bool _closed;

    public void Publish(OutboundMessage entry, bool isDuplicate)
    {
        lock (_lock)
        {
            var packet = new PublishPacket
            {
                Topic = entry.Topic,
                Payload = entry.Message.Payload.Span,
                Properties = entry.Message.Properties.Span,
                PacketId = entry.PacketId,
                Qos = entry.Message.Qos,
                Retain = entry.Message.Retain,
                Dup = isDuplicate,
            };
            packet.WriteTo(_filling, version);
            Signal();
        }
    }

    public void Acknowledge(PacketType type, ushort packetId, ReasonCode reason = ReasonCode.Success)
    {
        lock (_lock)
        {
            _filling.Advance(AckPacket.WriteShort(_filling.GetSpan(AckPacket.MaxShortLength), version, type, packetId, reason));
            Signal();
        }
    }

    public void Raw(ReadOnlySpan<byte> packet)
    {
        lock (_lock)
        {
            _filling.Write(packet);
            Signal();
        }
    }

    /// <summary>Waits until fewer bytes wait than the bound, or the queue is closed.</summary>
    public Task WaitForRoomAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_closed || _filling.WrittenCount < maxPendingBytes)
            {
                return Task.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Writes until cancelled or closed; throws what the transport throws.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await _signal.WaitAsync(cancellation).ConfigureAwait(false);
            var (bytes, last) = Swap();
            var flushed = await output.WriteAsync(bytes, cancellation).ConfigureAwait(false);
            if (last || flushed.IsCompleted)
            {
                return;
            }
        }
    }

    /// <summary>Nothing may be added from now on; <see cref="RunAsync"/> ends after what is there.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _room?.TrySetResult();
            Wake();
        }
    }

    public void Dispose()
    {
        Close();
        _signal.Dispose();
    }

    private (ReadOnlyMemory<byte> Bytes, bool Last) Swap()
    {
        lock (_lock)
        {
            _signalled = false;
            (_filling, _leaving) = (_leaving, _filling);
            _filling.ResetWrittenCount();
            _room?.TrySetResult();
            _room = null;
            return (_leaving.WrittenMemory, _closed);
        }
    }

    private void Signal()
    {
        if (_closed)
        {
            _filling.ResetWrittenCount();
            return;
        }

        Wake();
    }

    private void Wake()
    {
        if (!_signalled)
        {
            _signalled = true;
            _signal.Release();
        }
    }
}
