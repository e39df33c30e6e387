using System.Text.Unicode;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>UTF-8 strings as MQTT 5.0 1.5.4 wants them: well formed (no overlong form, no surrogate) and without U+0000.</summary>
public static class MqttText
{
    public static bool IsValid(ReadOnlySpan<byte> text) => !text.Contains((byte)0) && Utf8.IsValid(text);

    /// <summary>True for a topic a message may be published to: valid text, not empty, no wildcard.</summary>
    public static bool IsTopicName(ReadOnlySpan<byte> topic)
        => topic.Length is > 0 and <= ushort.MaxValue && topic.IndexOfAny((byte)'#', (byte)'+', (byte)0) < 0 && Utf8.IsValid(topic);

    /// <summary>True for a topic filter: '#' only as the last level, '+' only as a whole level, and a well-formed <c>$share/name/filter</c>.</summary>
    public static bool IsTopicFilter(ReadOnlySpan<byte> filter)
    {
        if (filter.Length is 0 or > ushort.MaxValue || !IsValid(filter)) return false;
        if (!filter.StartsWith("$share/"u8)) return HasWellPlacedWildcards(filter);
        var rest = filter[7..];
        var slash = rest.IndexOf((byte)'/');
        return slash > 0 && rest[..slash].IndexOfAny((byte)'#', (byte)'+') < 0 && slash + 1 < rest.Length && HasWellPlacedWildcards(rest[(slash + 1)..]);
    }

    private static bool HasWellPlacedWildcards(ReadOnlySpan<byte> filter)
    {
        var start = 0;
        while (true)
        {
            var at = filter[start..].IndexOfAny((byte)'#', (byte)'+');
            if (at < 0) return true;
            at += start;
            if (at > 0 && filter[at - 1] != '/') return false;
            var last = at + 1 == filter.Length;
            if (last) return true;
            if (filter[at] == '#' || filter[at + 1] != '/') return false;
            start = at + 1;
        }
    }
}
