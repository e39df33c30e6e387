using System.Globalization;
using System.Text;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Tests.Decoding;

/// <summary>The fast reader is an optimisation: whatever it accepts, the full decoder stages in the same bytes.</summary>
public sealed class FastAndFullTests
{
    private const long Now = 1_760_000_000_000;

    private static readonly string[] Names =
    [
        "temperature", "humidity", "co", "h2s", "lel", "o2", "a", "gas.co", "温度", "with space", "position.alt",
        "ts", "values", "lat", "lon", "latitude", "position", "gas.position", "quo\"te", "back\\slash", "new\nline", "\0", "é\"",
    ];

    private readonly DeviceRegistry _registry = new(new RegistryOptions());
    private readonly FastRowReader _fast;
    private readonly JsonDecoder _full;
    private readonly Device _device;
    private readonly RowStage _fastStage = new();
    private readonly RowStage _fullStage = new();

    public FastAndFullTests()
    {
        var options = new DecodingOptions();
        var templates = new RowTemplates(_registry.Metrics);
        _fast = new FastRowReader(templates, options);
        _full = new JsonDecoder(_registry, templates, options);
        _device = new Provisioner(_registry, new ProvisioningOptions()).Resolve("d1"u8, out _)!;
    }

    [Fact]
    public void Messages_of_the_expected_shape_are_read_fast_and_staged_in_the_same_bytes()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            ExpectShape([.. Names.Take(11).OrderBy(_ => random.Next()).Take(random.Next(1, 8))]);
            var message = Message(random, Plain, _device.LikelyShape!.Metrics.Select(_registry.Metrics.NameOf).ToArray());
            Assert.True(IsSame(message), $"left to the full decoder: {message}");
        }
    }

    [Fact]
    public void Whatever_a_shape_or_a_message_holds_the_fast_reader_never_differs()
    {
        var random = new Random(11);
        var accepted = 0;
        for (var i = 0; i < 200_000; i++)
        {
            if (i % 8 == 0)
            {
                ExpectShape([.. Names.OrderBy(_ => random.Next()).Take(random.Next(1, 5))]);
            }

            var names = _device.LikelyShape!.Metrics.Select(_registry.Metrics.NameOf).ToArray();
            var message = Encoding.UTF8.GetBytes(Message(random, Plain, names, escape: random.Next(2) == 0));
            for (var mutation = random.Next(3); mutation > 0; mutation--)
            {
                message = Mutation.Of(message, random);
            }

            accepted += IsSame(message) ? 1 : 0;
        }

        Assert.InRange(accepted, 10_000, 190_000);
    }

    [Theory]
    [InlineData("lat", "lon", """{"lat":1,"lon":2}""")]
    [InlineData("position", null, "{\0:5}")]
    [InlineData("quo\"te", null, """{"quo"te":5}""")]
    [InlineData("a\\b", null, """{"a\b":5}""")]
    [InlineData("ts", null, """{"ts":5}""")]
    [InlineData("a", "ts", """{"a":1,"ts":1760000000000}""")]
    public void A_key_that_means_more_than_its_name_is_left_to_the_full_decoder(string first, string? second, string message)
    {
        ExpectShape(second is null ? [first] : [first, second]);
        Assert.False(IsSame(message));
    }

    [Theory]
    [InlineData("""{ "co":1}""")]
    [InlineData("""{"co" :1}""")]
    [InlineData("""{"co":  1}""")]
    [InlineData("""{"co":1 }""")]
    [InlineData("""{"co":1}""" + "\n")]
    [InlineData("""{"co":1e2}""")]
    [InlineData("""{"co":null}""")]
    [InlineData("""{"co":"1"}""")]
    [InlineData("""{"co":1,"h2s":1}""")]
    [InlineData("""{"h2s":1}""")]
    [InlineData("""{"co":1}}""")]
    [InlineData("""{"co":1""")]
    [InlineData("""{"co":01}""")]
    [InlineData("""{"ts":1760000000000,"values":{"co":1}""")]
    [InlineData("""{"ts":1760000000,"values":{"co":1},"x":1}""")]
    [InlineData("""{"ts":17.5,"values":{"co":1}}""")]
    [InlineData("""{"ts":1,"values":{"co":1}}""")]
    [InlineData("""{"ts":0,"values":{"co":1}}""")]
    [InlineData("{}")]
    [InlineData("")]
    public void The_fast_reader_leaves_what_it_does_not_know(string message)
    {
        ExpectShape(["co"]);
        Assert.False(IsSame(message));
    }

    [Fact]
    public void Two_kinds_of_message_in_turn_are_both_read_fast()
    {
        ExpectShape(["co", "h2s"]);
        ExpectShape(["temperature"]);
        for (var turn = 0; turn < 3; turn++)
        {
            Assert.True(IsSame("{\"co\":1.5,\"h2s\":2}"));
            Assert.True(IsSame("{\"temperature\":21.5}"));
        }

        Assert.False(IsSame("{\"humidity\":40}"));
    }

    private static string Plain(Random random) =>
        (random.Next(-10_000_000, 10_000_000) / Math.Pow(10, random.Next(5))).ToString("0.####", CultureInfo.InvariantCulture);

    private void ExpectShape(string[] names)
    {
        var metrics = names.Select(name => _registry.TryMetric(name, out var id) ? id : throw new InvalidOperationException()).ToArray();
        _device.Remember(_registry.Shape(metrics)!);
    }

    private static string Message(Random random, Func<Random, string> number, string[] names, bool escape = false)
    {
        var colon = random.Next(2) == 0 ? ":" : ": ";
        var comma = random.Next(2) == 0 ? "," : ", ";
        var members = names.Select(name => $"\"{(escape ? Escaped(name) : name)}\"{colon}{number(random)}");
        var values = "{" + string.Join(comma, members) + "}";
        return random.Next(3) switch
        {
            0 => values,
            1 => $"{{\"ts\"{colon}{Now - random.Next(1_000_000)}{comma}\"values\"{colon}{values}}}",
            _ => $"{{\"ts\"{colon}{(Now - random.Next(1_000_000)) / 1000}{comma}\"values\"{colon}{values}}}",
        };
    }

    private static string Escaped(string name) =>
        System.Text.Json.JsonSerializer.Serialize(name)[1..^1];

    private bool IsSame(string message) => IsSame(Encoding.UTF8.GetBytes(message));

    /// <summary>False when the fast reader does not take the message.</summary>
    private bool IsSame(byte[] message)
    {
        var likely = _device.LikelyShape;
        _fastStage.Clear();
        var at = 0;
        if (!_fast.TryRead(message, ref at, _device, Now, _fastStage, out var head, out var shape) || at != message.Length)
        {
            return false;
        }

        _fastStage.Complete(head, shape);
        _fullStage.Clear();
        var reason = _full.DecodeDevice(message, new MessageContext(Now, default, 0), _device, _fullStage);
        _device.Remember(likely!);
        Assert.True(
            _fastStage.Complete(1, Now).SequenceEqual(_fullStage.Complete(1, Now)),
            $"{Encoding.UTF8.GetString(message)}: the full decoder says {reason} and stages {_fullStage.Length} bytes, the fast reader {_fastStage.Length}");
        return true;
    }
}
