using System.Buffers.Binary;
using System.Text;

namespace Fengsui.Micro.Decoding;

/// <summary>The five values of <see cref="Payloads.Wrapped"/> in the other forms.</summary>
internal static class FormPayloads
{
    public const string Configuration = """
        payloads:
          - { name: lines, topics: lines, form: line-protocol }
          - { name: packs, topics: packs, form: senml }
          - { name: cbor, topics: cbor, form: senml, encoding: cbor }
          - { name: plant, topics: spBv1.0/#, form: sparkplug }
          - name: mapped
            topics: mapped
            form: json
            device: "{id}"
            time: { path: at, format: ms }
            metrics:
              - { name: temperature, path: env.t }
              - { name: humidity, path: env.h }
              - { name: co, path: "gas[0]", no_value: [-200] }
              - { name: h2s, path: "gas[1]", no_value: [-200] }
              - { name: lel, path: "gas[2]", scale: 0.5 }
        """;

    private static readonly (string Name, double Value)[] Values = [("temperature", 23.4), ("humidity", 45.1), ("co", 1.2), ("h2s", 0.3), ("lel", 5)];

    public static byte[] Lines { get; } = "env,device=device-0000 temperature=23.4,humidity=45.1,co=1.2,h2s=0.3,lel=5 1700000000000000000"u8.ToArray();

    public static byte[] Pack { get; } = Encoding.UTF8.GetBytes(
        """[{"bn":"device-0000:","bt":1700000000,"n":"temperature","v":23.4},{"n":"humidity","v":45.1},{"n":"co","v":1.2},{"n":"h2s","v":0.3},{"n":"lel","v":5}]""");

    public static byte[] Mapped { get; } = Encoding.UTF8.GetBytes(
        """{"id":"device-0000","at":1700000000000,"env":{"t":23.4,"h":45.1,"rssi":-60},"gas":[1.2,0.3,10],"fw":"1.2.3"}""");

    public static byte[] Cbor { get; } =
    [
        0x85, 0xA4, 0x21, .. CborText("device-0000:"), 0x22, 0x1A, 0x65, 0x53, 0xF1, 0x00, .. CborPair(Values[0]),
        .. Values[1..].SelectMany(value => (byte[])[0xA2, .. CborPair(value)]),
    ];

    public static byte[] Birth { get; } = Message(0, Values.Select((value, i) => Metric(value.Name, i, value.Value)));

    public static byte[] Data { get; } = Message(1, Values.Select((value, i) => Metric("", i, value.Value)));

    private static byte[] CborText(string text) => [(byte)(0x60 + text.Length), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] CborPair((string Name, double Value) value)
    {
        var number = new byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(number, value.Value);
        return [0x00, .. CborText(value.Name), 0x02, 0xFB, .. number];
    }

    /// <summary>A message of Sparkplug: time, metrics, sequence number. Every length is below 128.</summary>
    private static byte[] Message(byte sequence, IEnumerable<byte[]> metrics) =>
        [0x08, 0x80, 0xD0, 0x95, 0xFF, 0xBC, 0x31, .. metrics.SelectMany(metric => (byte[])[0x12, (byte)metric.Length, .. metric]), 0x18, sequence];

    private static byte[] Metric(string name, int alias, double value)
    {
        var number = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(number, value);
        byte[] declared = name.Length == 0 ? [] : [0x0A, (byte)name.Length, .. Encoding.UTF8.GetBytes(name), 0x20, 10];
        return [.. declared, 0x10, (byte)alias, 0x69, .. number];
    }
}
