using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>Reads the property <c>Quality</c> of a metric: 192 good, 500 stale, 0 bad. Others are passed over.</summary>
internal static class SparkplugQuality
{
    private const int KeysField = 1;
    private const int ValuesField = 2;
    private const int IntField = 3;
    private const int LongField = 4;
    private const int Good = 192;

    /// <summary>False when the bytes are no set of properties.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Quality quality)
    {
        quality = Quality.Good;
        var place = -1;
        var keys = 0;
        var reader = new ProtoReader(bytes);
        while (reader.TryField(out var number, out var wire))
        {
            if (number != KeysField || wire != ProtoWire.Bytes)
            {
                if (!reader.TrySkip(wire))
                {
                    return false;
                }

                continue;
            }

            if (!reader.TryBytes(out var key))
            {
                return false;
            }

            place = key.SequenceEqual("Quality"u8) || key.SequenceEqual("quality"u8) ? keys : place;
            keys++;
        }

        return !reader.IsBroken && (place < 0 || TryValue(bytes, place, out quality));
    }

    private static bool TryValue(ReadOnlySpan<byte> bytes, int place, out Quality quality)
    {
        quality = Quality.Good;
        var reader = new ProtoReader(bytes);
        while (reader.TryField(out var number, out var wire))
        {
            if (number != ValuesField || wire != ProtoWire.Bytes)
            {
                reader.TrySkip(wire);
                continue;
            }

            if (!reader.TryBytes(out var value))
            {
                return false;
            }

            if (place-- == 0)
            {
                return TryCode(value, out quality);
            }
        }

        return !reader.IsBroken;
    }

    private static bool TryCode(ReadOnlySpan<byte> value, out Quality quality)
    {
        quality = Quality.Good;
        var reader = new ProtoReader(value);
        while (reader.TryField(out var number, out var wire))
        {
            if (wire != ProtoWire.Varint || number is not (IntField or LongField))
            {
                reader.TrySkip(wire);
            }
            else if (reader.TryVarint(out var code))
            {
                quality = code == Good ? Quality.Good : Quality.Bad;
            }
        }

        return !reader.IsBroken;
    }
}
