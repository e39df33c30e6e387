using Fengsui.Devices.Records;
using Fengsui.Ingest.Ble.Adverts;
using Fengsui.Ingest.Ble.Codec;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Ble.Forms;

/// <summary>Reads what the gateways of one kind publish over MQTT, for one connection.</summary>
internal sealed class GatewayDecoder(GatewayKind kind, AdvertBook book, Action<UnlockFact> tell, SourceConnection report) : IPayloadDecoder
{
    private readonly GatewayMessage _message = new();
    private readonly AdvertTaker _taker = new(book, report);

    public RejectReason Decode(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, MessageRows rows, IDeviceResolver devices)
    {
        _message.Clear();
        if (IsPlainWord(payload))
        {
            // The will of a gateway, and its opposite: "offline", "online". Its silence tells.
            rows.ExpectNothing();
            return RejectReason.None;
        }

        var fault = GatewayJson.Read(payload, _message);
        if (fault != RejectReason.None)
        {
            return fault;
        }

        Complete(topic, rows.IsResent);
        fault = _taker.Take(_message, rows, devices);
        foreach (var unlock in _taker.Unlocks)
        {
            tell(unlock);
        }

        _taker.Unlocks.Clear();
        return fault;
    }

    /// <summary>What the message leaves to its topic.</summary>
    private void Complete(ReadOnlySpan<byte> topic, bool isResent)
    {
        var last = topic[(topic.LastIndexOf((byte)'/') + 1)..];
        _message.SetGateway(kind switch
        {
            GatewayKind.OpenMqttGateway => Level(topic, IndexOfKind(topic) - 1),
            GatewayKind.Ruuvi => Level(topic, Levels(topic) - 2),
            _ => Level(topic, 0),
        });
        AdvertTimes.Apply(_message);
        foreach (var advert in _message.Adverts)
        {
            advert.IsResent |= isResent;
            if (!advert.HasAddress && BleAddress.TryParse(last, out var address))
            {
                (advert.Address, advert.HasAddress) = (address, true);
            }
        }
    }

    /// <summary>The level that OpenMQTTGateway calls its kind of message by: <c>BTtoMQTT</c>, <c>SYStoMQTT</c>.</summary>
    private static int IndexOfKind(ReadOnlySpan<byte> topic)
    {
        var levels = Levels(topic);
        for (var level = 0; level < levels; level++)
        {
            if (Level(topic, level).EndsWith("toMQTT"u8))
            {
                return level;
            }
        }

        return levels - 1;
    }

    private static int Levels(ReadOnlySpan<byte> topic) => topic.Count((byte)'/') + 1;

    private static ReadOnlySpan<byte> Level(ReadOnlySpan<byte> topic, int wanted)
    {
        for (; wanted > 0; wanted--)
        {
            topic = topic[(topic.IndexOf((byte)'/') + 1)..];
        }

        var end = topic.IndexOf((byte)'/');
        return end < 0 ? topic : topic[..end];
    }

    private static bool IsPlainWord(ReadOnlySpan<byte> payload) =>
        payload.SequenceEqual("online"u8) || payload.SequenceEqual("offline"u8) || payload.SequenceEqual("true"u8) || payload.SequenceEqual("false"u8);
}
