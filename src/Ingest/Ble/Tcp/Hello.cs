using System.Text;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Ble.Tcp;

/// <summary>The first frame of a gateway: <c>{"gateway":"gate-1","token":"…"}</c>.</summary>
/// <param name="Gateway">Null when it does not say.</param>
/// <param name="Token">Null when it has none.</param>
internal readonly record struct Hello(string? Gateway, string? Token)
{
    /// <summary>Nothing, when the frame is none.</summary>
    public static Hello Read(ReadOnlySpan<byte> json)
    {
        var cursor = new JsonCursor(json);
        var hello = default(Hello);
        if (!JsonCursor.IsText(json) || !cursor.TryTake((byte)'{'))
        {
            return default;
        }

        do
        {
            if (!cursor.TryString(out var name, out _) || !cursor.TryTake((byte)':'))
            {
                return default;
            }

            if (name.SequenceEqual("gateway"u8) && cursor.TryString(out var gateway, out var escaped) && !escaped)
            {
                hello = hello with { Gateway = Encoding.UTF8.GetString(gateway) };
            }
            else if (name.SequenceEqual("token"u8) && cursor.TryString(out var token, out escaped) && !escaped)
            {
                hello = hello with { Token = Encoding.UTF8.GetString(token) };
            }
            else if (!cursor.TrySkip())
            {
                return default;
            }
        }
        while (cursor.TryTake((byte)','));
        return cursor.TryTake((byte)'}') && cursor.AtEnd() ? hello : default;
    }
}
