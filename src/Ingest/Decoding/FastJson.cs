using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Decoding;

/// <summary>
/// Decodes the two forms that make up nearly all traffic, <c>{"k":1.5,…}</c> and <c>{"ts":…,"values":{"k":1.5,…}}</c>,
/// when the keys are those of an expected shape in its order. It accepts a strict subset of JSON and writes the values
/// straight into the stage; at the first surprise it answers no and the full decoder begins again.
/// </summary>
internal static class FastJson
{
    /// <summary>What may follow <c>{"ts":…</c> of the wrapped form.</summary>
    private static ReadOnlySpan<byte> WrappedValues => "\"values\""u8;

    /// <summary>
    /// Writes the values into <paramref name="values"/> (8 bytes each) when the payload has exactly this shape.
    /// </summary>
    /// <param name="stated">The <c>ts</c> of the message, or −1 when it has none.</param>
    [SkipLocalsInit]
    public static bool TryRead(
        ReadOnlySpan<byte> json, Shape shape, MetricKeys keys, Span<byte> values, out long stated)
    {
        stated = -1;
        var at = 1;
        if (json.Length < 6 || json[0] != (byte)'{')
        {
            return false;
        }

        var wrapped = json[1] == (byte)'"' && json[2] == (byte)'t' && json[3] == (byte)'s' && json[4] == (byte)'"';
        if (wrapped)
        {
            at = 5;
            if (!Colon(json, ref at)
                || !JsonNumber.TryReadInteger(json, ref at, out stated)
                || !Comma(json, ref at)
                || !Token(json, ref at, WrappedValues)
                || !Colon(json, ref at)
                || !Byte(json, ref at, (byte)'{'))
            {
                return false;
            }
        }

        if (!TryReadValues(json, ref at, shape, keys, values) || !Byte(json, ref at, (byte)'}'))
        {
            return false;
        }

        return (!wrapped || Byte(json, ref at, (byte)'}')) && at == json.Length;
    }

    private static bool TryReadValues(
        ReadOnlySpan<byte> json, ref int at, Shape shape, MetricKeys keys, Span<byte> values)
    {
        var metrics = shape.Metrics;
        ref var target = ref MemoryMarshal.GetReference(values);
        for (var i = 0; i < metrics.Length; i++)
        {
            if ((i > 0 && !Comma(json, ref at))
                || !Token(json, ref at, keys.Quoted(metrics[i]))
                || !Colon(json, ref at)
                || !JsonNumber.TryRead(json, ref at, out var value))
            {
                return false;
            }

            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, i * sizeof(double)), value);
        }

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

    /// <summary>A separator, and the one space that some writers put after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Separator(ReadOnlySpan<byte> json, ref int at, byte expected)
    {
        if (!Byte(json, ref at, expected))
        {
            return false;
        }

        at += (uint)at < (uint)json.Length && json[at] == (byte)' ' ? 1 : 0;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Colon(ReadOnlySpan<byte> json, ref int at) => Separator(json, ref at, (byte)':');

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Comma(ReadOnlySpan<byte> json, ref int at) => Separator(json, ref at, (byte)',');

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
