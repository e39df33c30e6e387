using System.Text;

namespace Fengsui.Micro.Decoding;

/// <summary>The messages that decoding is measured with.</summary>
internal static class Payloads
{
    public const int GatewayDevices = 10;

    private const string Values = """{"temperature":23.4,"humidity":45.1,"co":1.2,"h2s":0.3,"lel":5}""";

    /// <summary>93 bytes, 5 values, the form that the load generator and most gateways send.</summary>
    public static byte[] Wrapped { get; } = Encoding.UTF8.GetBytes($$"""{"ts":1700000000000,"values":{{Values}}}""");

    public static byte[] Flat { get; } = Encoding.UTF8.GetBytes(Values);

    /// <summary>What a JSON library writes that likes spaces.</summary>
    public static byte[] Spaced { get; } = Encoding.UTF8.GetBytes(
        """{"ts": 1700000000000, "values": {"temperature": 23.45, "humidity": 45.12, "co": 1.2, "h2s": 0.35, "lel": 4.75}}""");

    /// <summary>Everything that the fast reader leaves to the full decoder: null, words, nesting, a position.</summary>
    public static byte[] Mixed { get; } = Encoding.UTF8.GetBytes(
        """{ "ts" : 1700000000000, "values" : { "gas" : { "co" : 1.2e1, "h2s" : null }, "lock" : "open", "lat" : 31.2304, "lon" : 121.4737 } }""");

    public static byte[] Gateway { get; } = GatewayMap(i => $$"""[{"ts":{{1_700_000_000_000 + i}},"values":{{Values}}}]""");

    /// <summary>As <see cref="Gateway"/>, with one value that no row has seen as a number.</summary>
    public static byte[] GatewayWithNulls { get; } = GatewayMap(
        i => $$$"""[{"ts":{{{1_700_000_000_000 + i}}},"values":{"temperature":23.45,"humidity":null,"co":1.2,"h2s":0.35,"lel":4.75}}]""");

    private static byte[] GatewayMap(Func<int, string> rows) => Encoding.UTF8.GetBytes(
        "{" + string.Join(',', Enumerable.Range(0, GatewayDevices).Select(i => $"\"device-{i:0000}\":{rows(i)}")) + "}");
}
