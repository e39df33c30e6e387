using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Admission;

namespace Fengsui.Ingest.Tests.Admission;

public sealed class TopicTests
{
    private const byte NotAuthorized = 0x87;
    private const byte QuotaExceeded = 0x97;

    [Theory]
    [InlineData("telemetry/d1", "d1")]
    [InlineData("telemetry/温度-1", "温度-1")]
    [InlineData("telemetry/a b", "a b")]
    [InlineData("telemetry/$SYS", "$SYS")]
    public void A_telemetry_topic_names_its_device(string topic, string device)
    {
        var intake = new IntakeFixture();
        Assert.Equal(IntakeVerdict.Staged, intake.Send("""{"co":1}""", topic));
        Assert.Equal(device, Assert.Single(intake.Take().Rows).Device);
    }

    [Theory]
    [InlineData(null, "client")]
    [InlineData("user", "user")]
    public void The_own_topic_stands_for_the_user_or_else_the_client(string? user, string device)
    {
        var intake = new IntakeFixture(user: user);
        Assert.Equal($"{device}: co=1", intake.Rows("""{"co":1}""", IntakeFixture.OwnTopic));
    }

    [Fact]
    public void A_gateways_map_holds_the_rows_of_many_devices()
    {
        var intake = new IntakeFixture();
        const string json = """
            {"Device A":[{"ts":1760000000001,"values":{"temperature":42,"co":1}},{"ts":1760000000002,"values":{"temperature":43}}],
             "Device B":{"co":5}, "Device C":[], "\u8bbe\u5907":[{"co":6}]}
            """;
        Assert.Equal(
            "Device A: temperature=42 co=1; Device A: temperature=43; Device B: co=5; 设备: co=6",
            intake.Rows(json, IntakeFixture.GatewayTopic));
    }

    [Theory]
    [InlineData("{}", RejectReason.EmptyMessage)]
    [InlineData("""{"d1":[]}""", RejectReason.EmptyMessage)]
    [InlineData("""{"d1":{}}""", RejectReason.EmptyMessage)]
    [InlineData("""{"co":1}""", RejectReason.NotAnObject)]
    [InlineData("""[{"d1":{"co":1}}]""", RejectReason.NotAnObject)]
    [InlineData("""{"d1":[{"co":1}],"d2":5}""", RejectReason.NotAnObject)]
    [InlineData("""{"d1":[{"co":1}],"d2":{"co":1}""", RejectReason.MalformedJson)]
    [InlineData("""{"\ud800":{"co":1}}""", RejectReason.MalformedJson)]
    public void What_is_no_gateway_map_is_kept_whole_as_a_dead_letter(string json, RejectReason reason)
    {
        var batch = new IntakeFixture().Decode(json, IntakeFixture.GatewayTopic);
        Assert.Empty(batch.Rows);
        var letter = Assert.Single(batch.Letters);
        Assert.Equal((reason, IntakeFixture.GatewayTopic, json), (letter.Reason, letter.Topic, Encoding.UTF8.GetString(letter.Payload)));
    }

    [Fact]
    public void A_refused_device_in_a_gateways_map_does_not_stop_its_neighbours()
    {
        var intake = Only("d*");
        const string json = """{"d1":{"co":1},"x":[{"ts":1,"values":{"deep":{"a":{"b":{"c":{"d":{"e":{"f":{"g":1}}}}}}}}}],"a/b":{},"d2":{"co":2}}""";
        var batch = intake.Decode(json, IntakeFixture.GatewayTopic);
        Assert.Equal("d1: co=1; d2: co=2", string.Join("; ", batch.Rows));
        Assert.Equal(RejectReason.DeviceNotAllowed, Assert.Single(batch.Letters).Reason);
        Assert.Equal(2, intake.Registry.Devices.Count);
    }

    [Fact]
    public void A_gateways_map_of_refused_devices_only_is_a_dead_letter()
    {
        var batch = Only("d*").Decode("""{"x":{"co":1},"y":{"co":2}}""", IntakeFixture.GatewayTopic);
        Assert.Empty(batch.Rows);
        Assert.Equal(RejectReason.DeviceNotAllowed, Assert.Single(batch.Letters).Reason);
    }

    [Theory]
    [InlineData("telemetry")]
    [InlineData("telemetry/a/b")]
    [InlineData("telemetry/a/")]
    [InlineData("/telemetry/a")]
    [InlineData("Telemetry/a")]
    [InlineData("v1/gateway/attributes")]
    [InlineData("v1/devices/me/attributes")]
    [InlineData("v1/devices/d1/telemetry")]
    [InlineData("plant/a/co")]
    public void Other_topics_are_messages_between_clients(string topic)
    {
        var intake = new IntakeFixture();
        Assert.Equal(IntakeVerdict.NotTelemetry, intake.Send("""{"co":1}""", topic));
        Assert.True(intake.Admission.Stage.IsEmpty);
        Assert.Equal(0, intake.Registry.Devices.Count);
    }

    [Theory]
    [InlineData("telemetry/")]
    [InlineData("telemetry/a+")]
    [InlineData("telemetry/#")]
    [InlineData("telemetry/a\u0001")]
    [InlineData("telemetry/a\u007f")]
    [InlineData("telemetry/a\u0085")]
    public void A_name_that_no_device_may_have_is_refused_and_counted(string topic) =>
        AssertRefused(new IntakeFixture(), topic, RejectReason.DeviceNameInvalid, NotAuthorized);

    [Fact]
    public void A_name_may_have_128_bytes_and_no_more()
    {
        var intake = new IntakeFixture();
        Assert.Equal(IntakeVerdict.Staged, intake.Send("""{"co":1}""", "telemetry/" + new string('d', 128)));
        intake.Take();
        AssertRefused(intake, "telemetry/" + new string('d', 129), RejectReason.DeviceNameInvalid, NotAuthorized);
        AssertRefused(intake, "telemetry/" + new string('温', 43), RejectReason.DeviceNameInvalid, NotAuthorized);
        AssertRefused(intake, "telemetry/" + new string('d', 60_000), RejectReason.DeviceNameInvalid, NotAuthorized);
    }

    [Fact]
    public void A_topic_that_is_not_UTF_8_names_no_device()
    {
        var intake = new IntakeFixture();
        var route = intake.Routes.Find(new InboundMessage { Topic = [.. "telemetry/a"u8, 0xFF], TopicCacheSlot = -1 });
        Assert.Equal((TelemetryKind.RefusedDevice, RejectReason.DeviceNameInvalid), (route.Kind, route.Refused));
    }

    [Fact]
    public void A_device_that_no_pattern_admits_is_refused_and_counted() =>
        AssertRefused(Only("d*"), "telemetry/x1", RejectReason.DeviceNotAllowed, NotAuthorized);

    [Fact]
    public void A_device_beyond_the_bound_is_refused_until_there_is_room_and_known_ones_go_on()
    {
        var intake = new IntakeFixture(bounds: new RegistryOptions { MaxDevices = 1 });
        Assert.Equal("d1: co=1", intake.Rows("""{"co":1}"""));
        AssertRefused(intake, "telemetry/d2", RejectReason.TooManyDevices, QuotaExceeded);
        Assert.Equal("d1: co=1", intake.Rows("""{"co":1}"""));
    }

    [Fact]
    public void A_refused_device_that_is_declared_later_is_admitted_on_the_same_connection()
    {
        var intake = Only("d*");
        AssertRefused(intake, "telemetry/x1", RejectReason.DeviceNotAllowed, NotAuthorized);
        intake.Registry.Declare("x1", DeviceFacts.Default);
        Assert.Equal("x1: co=1", intake.Rows("""{"co":1}""", "telemetry/x1"));
    }

    [Fact]
    public void A_declared_device_needs_no_pattern_and_no_modest_name()
    {
        var name = new string('x', 300);
        var intake = Only("d*");
        intake.Registry.Declare(name, DeviceFacts.Default);
        Assert.Equal($"{name}: co=1", intake.Rows("""{"co":1}""", "telemetry/" + name));
    }

    [Fact]
    public void Routes_beyond_the_bound_are_resolved_each_time_and_the_bound_holds()
    {
        var intake = new IntakeFixture(new IntakeOptions { MaxRoutesPerConnection = 100 });
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 300; i++)
            {
                Assert.Equal($"d{i}: co=1", intake.Rows("""{"co":1}""", $"telemetry/d{i}"));
            }
        }

        Assert.Equal(100, intake.Routes.Capacity);
        Assert.Equal(300, intake.Registry.Devices.Count);
    }

    private static IntakeFixture Only(string pattern) => new(new IntakeOptions
    {
        Provisioning = new ProvisioningOptions { Rules = [new ProvisioningRule(pattern, true, DeviceFacts.Default)] },
    });

    private static void AssertRefused(IntakeFixture intake, string topic, RejectReason reason, byte answer)
    {
        var before = intake.Counters.Rejected(reason);
        Assert.Equal(IntakeVerdict.Refused, intake.Send("""{"co":1}""", topic));
        Assert.Equal(answer, intake.Admission.RefusedReason);
        var batch = intake.Take();
        Assert.Equal((1, 1, 0, 0), (batch.Received, batch.Refused, batch.Rows.Count, batch.Letters.Count));
        Assert.Equal(before + 1, intake.Counters.Rejected(reason));
    }
}
