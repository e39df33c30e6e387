using Fengsui.Devices.Records;
using Fengsui.Ingest.Ble.Codec;

namespace Fengsui.Ingest.Ble.Adverts;

/// <summary>Reads the bytes of an advert: whether they can be believed, and what they say. One a connection.</summary>
internal sealed class AdvertOpener
{
    private readonly byte[] _objects = new byte[Advert.MaxDataBytes];

    /// <summary>Fills in the values. What comes in the clear of a device with a key is a forgery, or might as well be.</summary>
    /// <param name="advert">What was heard.</param>
    /// <param name="known">Whose it says it is.</param>
    /// <param name="counter">Of an encrypted one; −1 otherwise.</param>
    /// <param name="isPartial">Something of it is not known here, and what stands behind that could not be read.</param>
    public RejectReason Open(Advert advert, KnownDevice known, out long counter, out bool isPartial)
    {
        (counter, isPartial) = (-1, false);
        var data = advert.Data;
        ReadOnlySpan<byte> manufacturer = default;
        switch (advert.Form)
        {
            case AdvertForm.Payload when !AdStructures.TryFind(data, out data, out manufacturer):
                return RejectReason.MalformedFrame;
            case AdvertForm.ManufacturerData:
                manufacturer = data;
                data = default;
                break;
        }

        if (data.Length > 0 && BthomeInfo.IsVersion2(data[0]))
        {
            advert.ForgetValues();
            var fault = Decrypt(data, known, out var objects, out counter);
            fault = fault == RejectReason.None ? BthomeReader.Read(objects, advert) : fault;
            isPartial = fault == RejectReason.UnknownMessage;
            return isPartial ? RejectReason.None : fault;
        }

        if (manufacturer.Length > 0 && !advert.IsDecoded)
        {
            RuuviRaw.TryRead(manufacturer, advert);
        }

        return advert.Count > 0 && !known.TakesPlain ? RejectReason.NotDecrypted : RejectReason.None;
    }

    private RejectReason Decrypt(ReadOnlySpan<byte> data, KnownDevice known, out ReadOnlySpan<byte> objects, out long counter)
    {
        objects = data[1..];
        counter = -1;
        if (!BthomeInfo.IsEncrypted(data[0]))
        {
            return known.TakesPlain ? RejectReason.None : RejectReason.NotDecrypted;
        }

        if (data.Length <= 1 + BthomeCipher.TrailerBytes)
        {
            return RejectReason.MalformedFrame;
        }

        var plain = _objects.AsSpan(0, data.Length - 1 - BthomeCipher.TrailerBytes);
        if (known.Cipher is not { } cipher || !cipher.TryDecrypt(known.Address, data, plain))
        {
            return RejectReason.NotDecrypted;
        }

        objects = plain;
        counter = BthomeCipher.CounterOf(data);
        return RejectReason.None;
    }
}
