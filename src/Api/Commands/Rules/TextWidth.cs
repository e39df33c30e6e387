namespace Fengsui.Api.Commands.Rules;

/// <summary>How many columns a text takes where Latin characters take one: Chinese, Japanese and Korean ones take two.</summary>
internal static class TextWidth
{
    public static int Of(string text)
    {
        var width = text.Length;
        foreach (var character in text)
        {
            width += IsWide(character) ? 1 : 0;
        }

        return width;
    }

    /// <summary>As much of a text as fits, with <c>…</c> for the rest.</summary>
    public static string Shortened(string text, int columns)
    {
        if (Of(text) <= columns)
        {
            return text;
        }

        var end = 0;
        for (var room = columns - 1; room >= (IsWide(text[end]) ? 2 : 1); end++)
        {
            room -= IsWide(text[end]) ? 2 : 1;
        }

        return text[..end] + "…";
    }

    /// <summary>The blocks of Unicode's East Asian Width that are wide and likely in a name (UAX #11).</summary>
    private static bool IsWide(char character) => character is (>= '\u1100' and <= '\u115f') or (>= '\u2e80' and <= '\ua4cf') or (>= '\uac00' and <= '\ud7a3') or (>= '\uf900' and <= '\ufaff') or (>= '\ufe30' and <= '\ufe4f') or (>= '\uff00' and <= '\uff60') or (>= '\uffe0' and <= '\uffe6');
}
