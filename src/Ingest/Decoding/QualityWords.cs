using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Decoding;

/// <summary>Quality as our own answers name it.</summary>
internal static class QualityWords
{
    public static bool TryRead(ReadOnlySpan<byte> word, out Quality quality)
    {
        quality = word.SequenceEqual("bad"u8) ? Quality.Bad : word.SequenceEqual("uncertain"u8) ? Quality.Uncertain : Quality.Good;
        return quality != Quality.Good || word.SequenceEqual("good"u8);
    }
}
