using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Fengsui.Api.Streaming;

/// <summary>The wire form of server-sent events (WHATWG HTML, 9.2): UTF-8 lines, an empty line after each event.</summary>
public static class SseWriter
{
    public const string ContentType = "text/event-stream";

    /// <summary>A line that every client ignores; it shows both sides that the connection lives.</summary>
    public static void WriteHeartbeat(IBufferWriter<byte> output) => output.Write(": \n\n"u8);

    /// <summary>Tells a client how long to wait before it connects again.</summary>
    public static void WriteRetry(IBufferWriter<byte> output, TimeSpan delay)
    {
        output.Write("retry: "u8);
        WriteNumber(output, (long)delay.TotalMilliseconds);
        output.Write("\n\n"u8);
    }

    public static void WriteEvent(IBufferWriter<byte> output, in StreamEvent item)
    {
        output.Write("id: "u8);
        WriteNumber(output, item.Id);
        output.Write("\nevent: "u8);
        Encoding.UTF8.GetBytes(item.Name, output);
        output.Write("\n"u8);
        var rest = item.Data.Span;
        while (true)
        {
            var end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            output.Write("data: "u8);
            output.Write(end < 0 ? rest : rest[..end]);
            output.Write("\n"u8);
            if (end < 0)
            {
                break;
            }

            var isPair = rest[end] == (byte)'\r' && end + 1 < rest.Length && rest[end + 1] == (byte)'\n';
            rest = rest[(end + (isPair ? 2 : 1))..];
        }

        output.Write("\n"u8);
    }

    private static void WriteNumber(IBufferWriter<byte> output, long value)
    {
        const int maxDigits = 20;
        Utf8Formatter.TryFormat(value, output.GetSpan(maxDigits), out var written);
        output.Advance(written);
    }
}
