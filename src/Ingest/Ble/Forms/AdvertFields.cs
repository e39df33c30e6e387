using Fengsui.Devices.Records;
using Fengsui.Ingest.Ble.Adverts;
using Fengsui.Ingest.Ble.Codec;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Ble.Forms;

/// <summary>The members of one JSON object of a gateway, by the names that the gateways give them.</summary>
internal ref struct AdvertFields(GatewayMessage message, Advert advert)
{
    private const double SecondsBelow = 100_000_000_000;

    private bool _isOtherService;
    private ReadOnlySpan<byte> _serviceData;
    private ReadOnlySpan<byte> _payload;
    private ReadOnlySpan<byte> _manufacturer;

    /// <summary>Reads one member that is no object and no array.</summary>
    public RejectReason Read(ReadOnlySpan<byte> name, ref JsonCursor cursor)
    {
        if (cursor.Peek() == (byte)'"')
        {
            return cursor.TryString(out var text, out var escaped) ? Text(name, text, escaped) : RejectReason.MalformedJson;
        }

        if (!JsonScalar.TryRead(ref cursor, out var value, out _))
        {
            return RejectReason.MalformedJson;
        }

        Number(name, value);
        return RejectReason.None;
    }

    /// <summary>An object without an address is no advert. One that holds others may only be dropped while it is the last.</summary>
    public readonly void Finish(bool isLast)
    {
        if (!advert.HasAddress && !double.IsNaN(advert.HeardMs))
        {
            // Of the object around the adverts: when the gateway sent them.
            message.SentMs = advert.HeardMs;
        }

        if (_serviceData.Length > 0 && !_isOtherService)
        {
            advert.TrySetData(AdvertForm.ServiceData, _serviceData);
        }
        else if (_payload.Length > 0)
        {
            advert.TrySetData(AdvertForm.Payload, _payload);
        }
        else if (_manufacturer.Length > 0)
        {
            advert.TrySetData(AdvertForm.ManufacturerData, _manufacturer);
        }

        if (isLast && !advert.HasAddress && advert.Form == AdvertForm.None)
        {
            message.Drop();
        }
    }

    private RejectReason Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, bool escaped)
    {
        switch (AdvertKeys.Find(name))
        {
            case AdvertKey.Address when BleAddress.TryParse(text, out var address):
                (advert.Address, advert.HasAddress) = (address, true);
                break;
            case AdvertKey.Gateway when !escaped:
                message.SetGateway(text);
                break;
            case AdvertKey.ServiceUuid:
                _isOtherService = !IsBthome(text);
                break;
            case AdvertKey.ServiceData:
                _serviceData = text;
                break;
            case AdvertKey.Payload:
                _payload = text;
                break;
            case AdvertKey.ManufacturerData:
                _manufacturer = text;
                break;
            case AdvertKey.Person when escaped || !advert.TrySetPerson(text):
                return RejectReason.NameTooLong;
            case AdvertKey.Person:
                break;
            case var _ when StateWords.TryRead(text, escaped, out var state):
                Decoded(name, state);
                break;
            default:
                // Ruuvi writes its times as text.
                var number = new JsonCursor(text);
                if (number.TryNumber(out var value) && number.AtEnd())
                {
                    Number(name, value);
                }

                break;
        }

        return RejectReason.None;
    }

    private void Number(ReadOnlySpan<byte> name, double value)
    {
        switch (AdvertKeys.Find(name))
        {
            case AdvertKey.Rssi:
                advert.Rssi = value is > -200 and < 100 ? value : double.NaN;
                break;
            case AdvertKey.PacketId:
                advert.PacketId = value is >= 0 and <= int.MaxValue ? (int)value : -1;
                break;
            case AdvertKey.Uptime:
                message.Uptime = value;
                break;
            case AdvertKey.HeardAt:
                message.HeardMs = Ms(value);
                break;
            case AdvertKey.SentAt:
                message.SentMs = Ms(value);
                break;
            case AdvertKey.Timestamp:
                advert.HeardMs = Ms(value);
                break;
            case AdvertKey.Sequence:
                message.Sequence = value is >= 0 and <= 1L << 53 ? (long)value : -1;
                break;
            case AdvertKey.Resent:
                advert.IsResent = value == 1;
                break;
            case AdvertKey.None:
                Decoded(name, value);
                break;
        }
    }

    private readonly void Decoded(ReadOnlySpan<byte> name, double value)
    {
        var metric = AdvertKeys.MetricOf(name);
        if (metric.Length > 0)
        {
            advert.IsDecoded = true;
            advert.Add(metric, value);
        }
    }

    private static double Ms(double time) => time < SecondsBelow ? time * 1_000 : time;

    /// <summary><c>fcd2</c>, <c>0xfcd2</c>, or the long form of it.</summary>
    private static bool IsBthome(ReadOnlySpan<byte> uuid)
    {
        var digits = uuid.StartsWith("0x"u8) ? uuid[2..] : uuid;
        digits = digits.Length == 36 ? digits[4..8] : digits;
        return System.Text.Ascii.EqualsIgnoreCase(digits, "fcd2"u8);
    }
}
