using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Fengsui.EndToEnd.Tests.FieldProtocols;

/// <summary>A station that sends one packet after the other, each again until it is acknowledged, over as many connections as that takes.</summary>
internal sealed class StationClient(int port, string station, string password, long startMs)
{
    private long _acked;

    public long Acked => Volatile.Read(ref _acked);

    /// <summary>Connections that ended before their packet was acknowledged.</summary>
    public int Broken { get; private set; }

    public async Task RunAsync(int packets)
    {
        for (var n = 0; n < packets;)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port);
                client.ReceiveTimeout = 5_000;
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
                for (; n < packets; n++)
                {
                    await client.GetStream().WriteAsync(Packet(n));
                    var answer = await reader.ReadLineAsync() ?? throw new IOException("hung up");
                    Assert.Contains($"QN={Number(n)};", answer, StringComparison.Ordinal);
                    Interlocked.Increment(ref _acked);
                }
            }
            catch (Exception end) when (end is IOException or SocketException)
            {
                Broken++;
                await Task.Delay(50);
            }
        }
    }

    public long TimeOf(int n) => startMs + (n * 1_000L);

    private string Number(int n) => Local(n) + "000";

    private string Local(int n) => DateTimeOffset.FromUnixTimeMilliseconds(TimeOf(n)).ToOffset(TimeSpan.FromHours(8)).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    private byte[] Packet(int n)
    {
        var data = string.Create(
            CultureInfo.InvariantCulture,
            $"QN={Number(n)};ST=32;CN=2011;PW={password};MN={station};Flag=5;CP=&&DataTime={Local(n)};a21026-Rtd={n},a21026-Flag=N&&");
        var check = 0xFFFF;
        foreach (var character in data)
        {
            check = (check >> 8) ^ character;
            for (var step = 0; step < 8; step++)
            {
                check = (check >> 1) ^ (check % 2 * 0xA001);
            }
        }

        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"##{data.Length:D4}{data}{check:X4}\r\n"));
    }
}
