using System.Buffers.Binary;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Ble.Adverts;

namespace Fengsui.Ingest.Ble.Codec;

/// <summary>Reads the objects of a BTHome v2 advert, in the clear.</summary>
internal static class BthomeReader
{
    /// <summary>Hands what is known to <paramref name="advert"/>.</summary>
    /// <returns>
    /// <see cref="RejectReason.UnknownMessage"/> at an object of an unknown id: what stands before it is read, what stands behind it cannot be, since the
    /// id alone tells the length. <see cref="RejectReason.MalformedFrame"/> when an object is cut short: then nothing of it is to be believed.
    /// </returns>
    public static RejectReason Read(ReadOnlySpan<byte> objects, Advert advert)
    {
        while (objects.Length > 0)
        {
            if (BthomeObjects.Find(objects[0]) is not { } known)
            {
                advert.UnknownObject = objects[0];
                return RejectReason.UnknownMessage;
            }

            if (!TryTake(known, ref objects, out var value))
            {
                return RejectReason.MalformedFrame;
            }

            Hand(known, value, advert);
        }

        return RejectReason.None;
    }

    private static bool TryTake(BthomeObject known, ref ReadOnlySpan<byte> objects, out ReadOnlySpan<byte> value)
    {
        value = default;
        var start = known.Size > 0 ? 1 : 2;
        if (objects.Length < start)
        {
            return false;
        }

        var size = known.Size > 0 ? known.Size : objects[1];
        if (objects.Length < start + size)
        {
            return false;
        }

        value = objects.Slice(start, size);
        objects = objects[(start + size)..];
        return true;
    }

    private static void Hand(BthomeObject known, ReadOnlySpan<byte> value, Advert advert)
    {
        switch (known.Form)
        {
            case ValueForm.PacketId:
                advert.PacketId = value[0];
                break;
            case ValueForm.Text:
                advert.SetText(value);
                break;
            case ValueForm.Binary:
                advert.Add(known, value[0] <= 1 ? value[0] : double.NaN);
                break;
            case ValueForm.Unsigned:
                advert.Add(known, Unsigned(value) / known.Divisor);
                break;
            case ValueForm.Signed:
                advert.Add(known, Signed(value) / known.Divisor);
                break;
        }
    }

    private static double Unsigned(ReadOnlySpan<byte> value)
    {
        Span<byte> whole = stackalloc byte[sizeof(uint)];
        whole.Clear();
        value.CopyTo(whole);
        return BinaryPrimitives.ReadUInt32LittleEndian(whole);
    }

    /// <summary>The lowest number of two bytes or more is how sensors say that they have no value.</summary>
    private static double Signed(ReadOnlySpan<byte> value) => value.Length switch
    {
        1 => (sbyte)value[0],
        2 => BinaryPrimitives.ReadInt16LittleEndian(value) is not short.MinValue and var number ? number : double.NaN,
        _ => BinaryPrimitives.ReadInt32LittleEndian(value) is not int.MinValue and var number ? number : double.NaN,
    };
}
