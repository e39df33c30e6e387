namespace Fengsui.Api.Delivery.Email;

/// <summary>The transparency of RFC 5321, 4.5.2: a line that begins with a full stop gets another one, and a full stop alone ends the mail.</summary>
internal static class DotStuffing
{
    /// <param name="mail">Lines that end with CR LF.</param>
    public static byte[] Of(ReadOnlySpan<byte> mail)
    {
        var stuffed = new List<byte>(mail.Length + 16);
        var isLineStart = true;
        foreach (var unit in mail)
        {
            if (isLineStart && unit == '.')
            {
                stuffed.Add((byte)'.');
            }

            stuffed.Add(unit);
            isLineStart = unit == '\n';
        }

        stuffed.AddRange(isLineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);
        return [.. stuffed];
    }
}
