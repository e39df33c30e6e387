using System.Buffers.Binary;
using System.Text;
using Fengsui.Ingest.Ble;
using Fengsui.Ingest.Ble.Adverts;
using Fengsui.Ingest.Ble.Codec;
using Fengsui.Ingest.Ble.Tcp;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Tests.Sources;

namespace Fengsui.Ingest.Tests.Ble;

/// <summary>Gateways that connect over TCP to one source.</summary>
internal sealed class TcpPeer : IAsyncDisposable
{
    public const string Welcome = """{"welcome":1}""";

    private readonly TestPeer _peer;

    public TcpPeer(SourceContext context, SourceConnection report, AdvertBook book, string? token = null) =>
        _peer = new TestPeer(new GatewayProtocol(Options, token is null ? null : Encoding.UTF8.GetBytes(token), book, context), report);

    public static BleOptions Options { get; } = new()
    {
        Name = "locks",
        Devices = [GatewayRig.Fact(GatewayRig.LockAddress, "lock-1"), GatewayRig.Fact(GatewayRig.PlainAddress, "plain-1")],
    };

    public Task Served => _peer.Served;

    public static AdvertBook Book(BleOptions? options = null) => new(options ?? Options, new Dictionary<BleAddress, byte[]>
    {
        [GatewayRig.Parse(GatewayRig.LockAddress)] = Convert.FromHexString(Sender.GoldenKey),
    });

    public static byte[] Frame(string json)
    {
        var frame = new byte[LengthFraming.HeaderBytes + Encoding.UTF8.GetByteCount(json)];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length - LengthFraming.HeaderBytes);
        Encoding.UTF8.GetBytes(json, frame.AsSpan(LengthFraming.HeaderBytes));
        return frame;
    }

    public static string Advert(Sender sender, string data, long seq, string more = "") =>
        $$"""{"seq":{{seq}},"address":"{{sender.Address}}","rssi":-60,"service_data":"{{data}}"{{more}}}""";

    public Task SendAsync(params string[] frames) => _peer.SendAsync(frames.SelectMany(Frame).ToArray());

    public Task SendBytesAsync(byte[] bytes) => _peer.SendAsync(bytes);

    public async Task<string> ReadAsync()
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(await _peer.ReadAsync(LengthFraming.HeaderBytes));
        return Encoding.UTF8.GetString(await _peer.ReadAsync(length));
    }

    public async Task<TcpPeer> LoginAsync(string hello = """{"gateway":"gate-1"}""")
    {
        await SendAsync(hello);
        Assert.Equal(Welcome, await ReadAsync());
        return this;
    }

    public ValueTask DisposeAsync() => _peer.DisposeAsync();
}
