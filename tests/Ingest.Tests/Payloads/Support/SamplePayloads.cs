using System.Text;
using Fengsui.Ingest.Tests.Admission;
using static Fengsui.Ingest.Tests.Payloads.Sparkplug.SparkplugBytes;

namespace Fengsui.Ingest.Tests.Payloads.Support;

/// <summary>Good messages of every form, and the file that routes them.</summary>
internal static class SamplePayloads
{
    public const string Configuration = """
        payloads:
          - { name: lines, topics: lines/#, form: line-protocol, text: ignore }
          - { name: packs, topics: json/#, form: senml }
          - { name: cbor, topics: cbor/#, form: senml, encoding: cbor }
          - { name: plant, topics: spBv1.0/#, form: sparkplug }
          - name: acme
            topics: acme/#
            form: json
            rows: rooms[*].samples[*]
            device: "{$.site}.{$.rooms[*].id}"
            time: { path: t, format: s }
            no_value: [-200]
            metrics:
              - { name: co, path: gas.co, scale: 0.5 }
              - { name: "s.{key}", path: more.* }
              - { name: position, latitude: gps.la, longitude: gps.lo }
        """;

    private const long Now = IntakeFixture.Now;

    /// <summary>In an order in which each can be read: a birth stands before its data.</summary>
    public static IReadOnlyList<(string Topic, byte[] Payload)> All { get; } =
    [
        ("lines/a", Utf8("gas,device=d1,x=y co=1.5,h2s=2i,door=\"open\",note=\"a \\\" b\",ok=t 1760000000000000000\n# c\ngas,host=h\\ 1 lat=31.5,lon=121.5\n")),
        ("json/a", Utf8("""[{"bn":"urn:dev:ow:1:","bt":1.76e9,"bu":"A","n":"voltage","u":"V","v":120.1},{"n":"current","t":-5,"v":1.2,"s":3},{"n":"door","vb":true},{"n":"\u6e29","vs":"open"}]""")),
        ("cbor/a", Convert.FromHexString("82a6216364313a22fb41da39de0000000023614100616101615602fb405e066666666666a400616202c48220190d0505f93e000624")),
        ("spBv1.0/g/NBIRTH/e", Message(0, Now, BirthNumber(1), Metric("Sensors/T", 10, 1).Double(20.5).Quality(192), Metric("b", 11, 2).At(Now - 1).Boolean(true), Metric("n", 3, 3).Int(7))),
        ("spBv1.0/g/DBIRTH/e/d", Message(1, Now, Metric("f", 9, 7).Float(1.5f), Metric("s", 12, 8).Text("open"))),
        ("spBv1.0/g/NDATA/e", Message(2, Now + 1, Alias(1).Double(21), Alias(3).Int(8))),
        ("spBv1.0/g/DDATA/e/d", Message(3, Now + 2, Alias(7).Float(2), Alias(8).Text("closed"))),
        ("acme/a", Utf8("""{"site":"s","rooms":[{"id":"a","samples":[{"t":1760000000,"gas":{"co":3},"more":{"x":1,"y":null}},{"t":"1760000001","gas":{"co":-200},"gps":{"la":31.5,"lo":121.5}}]}]}""")),
    ];

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
