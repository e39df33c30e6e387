using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fengsui.Ingest.Decoding;

/// <summary>
/// Decodes the two forms that make up nearly all traffic, <c>{"k":1.5,…}</c> and <c>{"ts":…,"values":{"k":1.5,…}}</c>,
/// when the keys are those of an expected shape in its order. It accepts a strict subset of JSON and writes the values
/// straight into the stage; at the first surprise it answers no and the full decoder begins again.
/// </summary>
internal static class FastJson
{
    /// <summary>Reads one object that has exactly the template's keys.</summary>
    /// <param name="json">Text that holds the object.</param>
    /// <param name="at">Where the object begins; where it ends, when the answer is yes.</param>
    /// <param name="template">The expected keys.</param>
    /// <param name="values">Takes 8 bytes for each key.</param>
    /// <param name="stated">The <c>ts</c> of the object, or −1 when it has none.</param>
    [SkipLocalsInit]
    public static bool TryRead(
        ReadOnlySpan<byte> json, ref int at, RowTemplate template, Span<byte> values, out long stated)
    {
        stated = -1;
        var keys = template.Keys;
        if (keys.Length == 0 || values.Length < keys.Length * sizeof(double) || !Byte(json, ref at, (byte)'{'))
        {
            return false;
        }

        var wrapped = Token(json, ref at, "\"ts\":"u8);
        if (wrapped && !TryReadTime(json, ref at, out stated))
        {
            return false;
        }

        return TryReadValues(json, ref at, keys, values)
            && Byte(json, ref at, (byte)'}')
            && (!wrapped || Byte(json, ref at, (byte)'}'));
    }

    private static bool TryReadTime(ReadOnlySpan<byte> json, ref int at, out long stated)
    {
        Space(json, ref at);
        if (!JsonNumber.TryReadInteger(json, ref at, out stated) || !Byte(json, ref at, (byte)','))
        {
            return false;
        }

        Space(json, ref at);
        if (!Token(json, ref at, "\"values\":"u8))
        {
            return false;
        }

        Space(json, ref at);
        return Byte(json, ref at, (byte)'{');
    }

    private static bool TryReadValues(ReadOnlySpan<byte> json, ref int position, RowKey[] keys, Span<byte> values)
    {
        ref var target = ref MemoryMarshal.GetReference(values);
        var at = position;
        for (var i = 0; i < keys.Length; i++)
        {
            if (i > 0)
            {
                if (!Byte(json, ref at, (byte)','))
                {
                    return false;
                }

                Space(json, ref at);
            }

            ref readonly var key = ref keys[i];
            if (!key.StandsAt(json, at))
            {
                return false;
            }

            at += key.Length;
            Space(json, ref at);
            if (!JsonNumber.TryRead(json, ref at, out var value))
            {
                return false;
            }

            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, i * sizeof(double)), value);
        }

        position = at;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Byte(ReadOnlySpan<byte> json, ref int at, byte expected)
    {
        if ((uint)at >= (uint)json.Length || json[at] != expected)
        {
            return false;
        }

        at++;
        return true;
    }

    /// <summary>The one space that some writers put after a separator.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Space(ReadOnlySpan<byte> json, ref int at) =>
        at += (uint)at < (uint)json.Length && json[at] == (byte)' ' ? 1 : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Token(ReadOnlySpan<byte> json, ref int at, ReadOnlySpan<byte> expected)
    {
        if (json.Length - at < expected.Length || !json.Slice(at, expected.Length).SequenceEqual(expected))
        {
            return false;
        }

        at += expected.Length;
        return true;
    }
}
