using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Tests.Admission;

namespace Fengsui.Ingest.Tests.Decoding;

/// <summary>Bad input is never an exception, and never half accepted.</summary>
public sealed class HostileTextTests
{
    private static readonly string[] DeviceMessages =
    [
        """{"temperature":23.4,"humidity":45.1,"co":1.2,"h2s":0.3,"lel":5}""",
        """{"ts":1760000000000,"values":{"temperature":23.4,"humidity":-45.1e-1,"co":1.2}}""",
        """[{"ts":1760000000000,"values":{"co":1}},{"ts":1759999999999,"values":{"co":2,"gas":{"h2s":null}}}]""",
        """{"values":{"lock":"open","lit":true,"dim":false,"gone":null},"ts":1760000000}""",
        """ { "lat" : 31.2304 , "lon" : 121.4737 , "position" : { "latitude" : 1 , "lng" : 2 } } """,
        """{"\u6e29\u5ea6":1,"a\"b":2,"\ud83d\ude00":3,"text":"no number","list":[1,[2,{"x":null}]]}""",
        """{"a":{"b":{"c":{"d":{"e":1}}}},"n":NaN,"i":-Infinity}""",
    ];

    private static readonly string[] GatewayMessages =
    [
        """{"d1":[{"ts":1760000000000,"values":{"temperature":42,"co":1}}],"d2":{"co":3}}""",
        """{ "d3" : [ ] , "refused-1" : [ { "ts" : 1 , "values" : { "x" : "y" } } ] , "d1" : [ { "co" : 1 } , { "co" : 2 } ] }""",
        """{"\u7f51\u5173":{"values":{"co":1},"ts":1760000000000},"d\/1":[{"co":5}]}""",
    ];

    public static TheoryData<string, string> Messages()
    {
        var data = new TheoryData<string, string>();
        foreach (var message in DeviceMessages)
        {
            data.Add("telemetry/d1", message);
        }

        foreach (var message in GatewayMessages)
        {
            data.Add(IntakeFixture.GatewayTopic, message);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_prefix_of_a_message_is_malformed_and_stages_no_row(string topic, string message)
    {
        var intake = Intake();
        intake.Send(message, topic);
        Assert.NotEmpty(intake.Take().Rows);
        var bytes = Encoding.UTF8.GetBytes(message.TrimEnd());
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(IntakeVerdict.DeadLettered, intake.Send(bytes[..length], topic));
            var batch = intake.Take();
            Assert.Empty(batch.Rows);
            Assert.Equal(RejectReason.MalformedJson, Assert.Single(batch.Letters).Reason);
            Assert.Equal(bytes[..length], batch.Letters[0].Payload);
        }
    }

    [Fact]
    public void A_million_damaged_messages_cost_no_exception_and_balance()
    {
        const int seed = 424242;
        var random = new Random(seed);
        var intake = Intake();
        var cases = Messages().Select(row => (Topic: (string)row[0], Message: Encoding.UTF8.GetBytes((string)row[1]))).ToArray();
        var (rows, letters) = (0, 0);
        for (var i = 0; i < 1_000_000; i++)
        {
            var (topic, message) = cases[random.Next(cases.Length)];
            for (var mutations = random.Next(1, 4); mutations > 0; mutations--)
            {
                message = Mutation.Of(message, random);
            }

            intake.Send(message, topic, qos: (byte)random.Next(3), dup: random.Next(2) == 0, id: 7);
            if (intake.Admission.Stage.IsFull)
            {
                // Reading the batch back checks each entry, and that received = rows + letters + refused.
                var batch = intake.Take();
                rows += batch.Rows.Count;
                letters += batch.Letters.Count;
                intake.ClockMs += 1_000;
            }
        }

        Assert.True(rows > 100_000, $"{rows} rows: the damage is too heavy to test anything");
        Assert.True(letters > 100_000, $"{letters} dead letters: the damage is too light to test anything");
    }

    [Theory]
    [InlineData("hello", RejectReason.MalformedJson)]
    [InlineData("{'a':1}", RejectReason.MalformedJson)]
    [InlineData("{a:1}", RejectReason.MalformedJson)]
    [InlineData("""{"a":1,}""", RejectReason.MalformedJson)]
    [InlineData("""{"a":1}{"a":2}""", RejectReason.MalformedJson)]
    [InlineData("""{"a":1} x""", RejectReason.MalformedJson)]
    [InlineData("{\"a\":1}\0", RejectReason.MalformedJson)]
    [InlineData("""[{"a":1},]""", RejectReason.MalformedJson)]
    [InlineData("""{"a":tru}""", RejectReason.MalformedJson)]
    [InlineData("""{"a" 1}""", RejectReason.MalformedJson)]
    [InlineData("""{"a":"\x41"}""", RejectReason.MalformedJson)]
    [InlineData("""{"a":"\u12g4"}""", RejectReason.MalformedJson)]
    [InlineData("{\"a\nb\":1}", RejectReason.MalformedJson)]
    [InlineData("""{/* */"a":1}""", RejectReason.MalformedJson)]
    [InlineData("\ufeff{\"a\":1}", RejectReason.MalformedJson)]
    [InlineData("5", RejectReason.NotAnObject)]
    [InlineData("\"text\"", RejectReason.NotAnObject)]
    [InlineData("null", RejectReason.NotAnObject)]
    [InlineData("[1,2]", RejectReason.NotAnObject)]
    [InlineData("""[{"a":1},2]""", RejectReason.NotAnObject)]
    [InlineData("""[[{"a":1}]]""", RejectReason.NotAnObject)]
    [InlineData("{}", RejectReason.EmptyMessage)]
    [InlineData(" [ ] ", RejectReason.EmptyMessage)]
    [InlineData("[{},{}]", RejectReason.EmptyMessage)]
    [InlineData("""{"ts":1760000000000,"values":{}}""", RejectReason.EmptyMessage)]
    [InlineData("""{"ts":1760000000000}""", RejectReason.EmptyMessage)]
    public void What_is_no_message_is_kept_with_its_reason(string payload, RejectReason reason)
    {
        var intake = Intake();
        var batch = intake.Decode(payload);
        Assert.Empty(batch.Rows);
        Assert.Equal(reason, Assert.Single(batch.Letters).Reason);
        Assert.Equal(1, intake.Counters.Rejected(reason));
    }

    [Theory]
    [InlineData(0x80)]
    [InlineData(0xC0)]
    [InlineData(0xFF)]
    public void Bytes_that_are_not_UTF_8_are_malformed_wherever_they_stand(byte bad)
    {
        var intake = Intake();
        foreach (var payload in new[]
        {
            new byte[] { (byte)'{', (byte)'"', bad, (byte)'"', (byte)':', (byte)'1', (byte)'}' },
            [.. "{\"a\":1,\"b\":\""u8, bad, .. "\"}"u8],
            [.. "{\"a\":1}"u8, bad],
        })
        {
            intake.Send(payload);
            Assert.Equal(RejectReason.MalformedJson, Assert.Single(intake.Take().Letters).Reason);
        }
    }

    [Fact]
    public void A_refused_message_leaves_nothing_behind_for_the_next_one()
    {
        var intake = Intake();
        intake.Send("""{"d1":{"a":1,"a":2,"b":3,""", IntakeFixture.GatewayTopic);
        intake.Take();
        Assert.Equal("d2: c=4", intake.Rows("""{"c":4}""", "telemetry/d2"));
    }

    private static IntakeFixture Intake() => new(new IntakeOptions
    {
        MaxDeadLettersPerSecond = int.MaxValue,
        Provisioning = new ProvisioningOptions
        {
            Rules = [new ProvisioningRule("refused-*", false, Devices.Registry.DeviceFacts.Default), ProvisioningRule.AllowAll],
        },
    });
}
