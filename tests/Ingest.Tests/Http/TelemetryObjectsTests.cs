using System.Text;
using Fengsui.Ingest.Http;
using Fengsui.Ingest.Tests.Decoding;

namespace Fengsui.Ingest.Tests.Http;

/// <summary>A body of any kind is cut into a bounded number of messages, and never is an exception.</summary>
public sealed class TelemetryObjectsTests
{
    private const int Mutations = 50_000;

    private static readonly string[] Bodies =
    [
        """[{"device":"d1","ts":1760000000000,"values":{"co":1}}, {"device":"d2","co":2} ,{"co":3,"device":"d3"}]""",
        """{"device":"d1","values":{"co":1,"x":[1,{"y":2}]}}""",
        """{"d1":[{"co":1}],"d2":{"co":2}}""",
        """[[],7,"x",null,{"device":7},{"device":"d\u0031","co":1}]""",
    ];

    [Fact]
    public void Every_object_of_a_list_is_a_message_of_its_own_with_its_device()
    {
        Assert.Equal(
            ["""1 d1 None {"device":"d1","ts":1760000000000,"values":{"co":1}}""", """2 d2 None {"device":"d2","co":2}""", """3 d3 None {"co":3,"device":"d3"}"""],
            Cut(Encoding.UTF8.GetBytes(Bodies[0])));
        Assert.Equal(
            ["1  NotMapped []", "2  NotMapped 7", "3  NotMapped \"x\"", "4  NotMapped null", """5  NotMapped {"device":7}""", """6  NotMapped {"device":"d\u0031","co":1}"""],
            Cut(Encoding.UTF8.GetBytes(Bodies[3])));
    }

    [Fact]
    public void Every_prefix_and_many_damages_end()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("FENGSUI_SEED") ?? "20261125", System.Globalization.CultureInfo.InvariantCulture);
        var random = new Random(seed);
        foreach (var body in Bodies.Select(Encoding.UTF8.GetBytes))
        {
            for (var length = 0; length < body.Length; length++)
            {
                Assert.NotEmpty(Cut(body[..length]));
            }

            for (var i = 0; i < Mutations / Bodies.Length; i++)
            {
                Cut(Mutation.Of(Mutation.Of(body, random), random));
            }
        }
    }

    private static List<string> Cut(byte[] body)
    {
        var found = new List<string>();
        var messages = new TelemetryObjects(body, null);
        while (messages.TryNext(out var message, out var name, out var fault))
        {
            found.Add($"{messages.Number} {Encoding.UTF8.GetString(name)} {fault} {Encoding.UTF8.GetString(message)}");
            Assert.True(found.Count <= body.Length + 1, "more messages than bytes");
        }

        return found;
    }
}
