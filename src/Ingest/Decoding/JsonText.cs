using System.Globalization;
using System.Text;

namespace Fengsui.Ingest.Decoding;

/// <summary>Resolves the escapes of a JSON string that <see cref="JsonCursor"/> has found well-formed.</summary>
internal static class JsonText
{
    public static string Unescape(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw);
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            if (text[i] == 'u')
            {
                result.Append((char)ushort.Parse(text.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                result.Append(Simple(text[i]));
            }
        }

        return result.ToString();
    }

    private static char Simple(char escape) => escape switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => escape,
    };
}
