using System.Globalization;

namespace Fengsui.Api.Delivery.Email;

/// <summary>Headers of a mail (RFC 5322), other characters than ASCII as encoded words (RFC 2047).</summary>
internal static class MailHeaders
{
    /// <summary>An encoded word has at most 75 characters: 12 of frame leave 63, which are 45 bytes in base64.</summary>
    private const int MaxWordBytes = 45;

    /// <summary>What came from outside must not begin a header of its own.</summary>
    public static string Line(string name, string value)
    {
        var text = new string([.. value.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        return $"{name}: {(IsPlain(text) ? text : Encode(text))}\r\n";
    }

    public static string Date(DateTimeOffset time) => time.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    private static bool IsPlain(string text) => text.Length <= 200 && text.All(letter => letter is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal);

    private static string Encode(string text)
    {
        var words = new List<string>();
        var word = new List<byte>();
        foreach (var rune in text.EnumerateRunes())
        {
            var bytes = new byte[rune.Utf8SequenceLength];
            rune.EncodeToUtf8(bytes);
            if (word.Count + bytes.Length > MaxWordBytes)
            {
                words.Add(Word(word));
                word.Clear();
            }

            word.AddRange(bytes);
        }

        words.Add(Word(word));
        return string.Join("\r\n ", words);
    }

    private static string Word(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";
}
