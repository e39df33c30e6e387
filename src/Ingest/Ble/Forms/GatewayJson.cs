using Fengsui.Devices.Records;
using Fengsui.Ingest.Ble.Adverts;
using Fengsui.Ingest.Ble.Codec;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Ble.Forms;

/// <summary>
/// Reads the JSON of any gateway: an object with an address, or under one, is an advert, wherever it lies; what lies around it says whose gateway it is and when. Text
/// that is not JSON leaves nothing behind, so that no advert of half a message is taken.
/// </summary>
internal static class GatewayJson
{
    /// <summary>Shelly's events lie four deep.</summary>
    private const int MaxDepth = 8;

    /// <param name="json">Any bytes.</param>
    /// <param name="message">Cleared before; takes what is found.</param>
    public static RejectReason Read(ReadOnlySpan<byte> json, GatewayMessage message)
    {
        if (!JsonCursor.IsText(json))
        {
            return RejectReason.MalformedJson;
        }

        var cursor = new JsonCursor(json);
        if (cursor.Peek() is not ((byte)'{' or (byte)'['))
        {
            return RejectReason.NotAnObject;
        }

        var fault = Value(ref cursor, message, MaxDepth);
        if (fault == RejectReason.None && !cursor.AtEnd())
        {
            fault = RejectReason.MalformedJson;
        }

        return fault == RejectReason.MalformedJson && cursor.TooDeep ? RejectReason.NestedTooDeeply : fault;
    }

    private static RejectReason Value(ref JsonCursor cursor, GatewayMessage message, int depth) => cursor.Peek() switch
    {
        (byte)'{' => depth == 0 ? RejectReason.NestedTooDeeply : Members(ref cursor, message, depth - 1, default),
        (byte)'[' => depth == 0 ? RejectReason.NestedTooDeeply : Items(ref cursor, message, depth - 1),
        _ => cursor.TrySkip() ? RejectReason.None : RejectReason.MalformedJson,
    };

    private static RejectReason Items(ref JsonCursor cursor, GatewayMessage message, int depth)
    {
        cursor.TryTake((byte)'[');
        if (cursor.TryTake((byte)']'))
        {
            return RejectReason.None;
        }

        do
        {
            var fault = Value(ref cursor, message, depth);
            if (fault != RejectReason.None)
            {
                return fault;
            }
        }
        while (cursor.TryTake((byte)','));
        return cursor.TryTake((byte)']') ? RejectReason.None : RejectReason.MalformedJson;
    }

    /// <summary>The members may come in any order, so the advert is kept when the object ends.</summary>
    /// <param name="key">What the object stands under: with Ruuvi over HTTP its address.</param>
    private static RejectReason Members(ref JsonCursor cursor, GatewayMessage message, int depth, ReadOnlySpan<byte> key)
    {
        if (message.Next() is not { } advert)
        {
            return RejectReason.TooManyReadings;
        }

        if (BleAddress.TryParse(key, out var address))
        {
            (advert.Address, advert.HasAddress) = (address, true);
        }

        var at = message.Adverts.Length;
        var fields = new AdvertFields(message, advert);
        cursor.TryTake((byte)'{');
        var isEmpty = cursor.TryTake((byte)'}');
        while (!isEmpty)
        {
            if (!cursor.TryString(out var name, out _) || !cursor.TryTake((byte)':'))
            {
                return RejectReason.MalformedJson;
            }

            var fault = cursor.Peek() switch
            {
                (byte)'{' when depth > 0 => Members(ref cursor, message, depth - 1, name),
                (byte)'{' or (byte)'[' => Value(ref cursor, message, depth),
                _ => fields.Read(name, ref cursor),
            };
            if (fault != RejectReason.None)
            {
                return fault;
            }

            if (!cursor.TryTake((byte)','))
            {
                break;
            }
        }

        if (!isEmpty && !cursor.TryTake((byte)'}'))
        {
            return RejectReason.MalformedJson;
        }

        fields.Finish(at == message.Adverts.Length);
        return RejectReason.None;
    }
}
