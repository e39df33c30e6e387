using System.Buffers;
using System.Text;
using Fengsui.Api.Streaming;

namespace Fengsui.Api.Tests.Streaming;

public sealed class SseWriterTests
{
    [Theory]
    [InlineData("{\"a\":1}", "id: 42\nevent: firing\ndata: {\"a\":1}\n\n")]
    [InlineData("", "id: 42\nevent: firing\ndata: \n\n")]
    [InlineData("a\nb\r\nc\rd", "id: 42\nevent: firing\ndata: a\ndata: b\ndata: c\ndata: d\n\n")]
    [InlineData("end\n", "id: 42\nevent: firing\ndata: end\ndata: \n\n")]
    [InlineData("烽燧", "id: 42\nevent: firing\ndata: 烽燧\n\n")]
    public void An_event_has_its_id_its_name_and_a_data_line_for_each_line(string data, string expected)
    {
        var output = new ArrayBufferWriter<byte>();

        SseWriter.WriteEvent(output, new StreamEvent(42, "firing", Encoding.UTF8.GetBytes(data)));

        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void A_heartbeat_is_a_comment_and_a_retry_is_in_milliseconds()
    {
        var output = new ArrayBufferWriter<byte>();

        SseWriter.WriteHeartbeat(output);
        SseWriter.WriteRetry(output, TimeSpan.FromSeconds(2));

        Assert.Equal(": \n\nretry: 2000\n\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
