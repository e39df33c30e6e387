using Fengsui.Devices.Records;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Tests.Admission;

namespace Fengsui.Ingest.Tests.Ble;

public sealed class GatewayFormTests
{
    private readonly GatewayRig _rig = new();

    [Fact]
    public void OpenMqttGateway_hands_on_service_data_or_what_it_has_read()
    {
        _rig.Send("home/OMG-1/BTtoMQTT/A4C138000002", """
            {"id":"A4:C1:38:00:00:02","mac_type":0,"adv_type":0,"name":"ATC","rssi":-63,"distance":2.1,"brand":"Xiaomi","model":"TH Sensor","model_id":"LYWSD03MMC",
             "type":"THB","tempc":21.3,"tempf":70.34,"hum":52.1,"batt":88,"volt":2.9}
            """);
        Assert.Equal("plain-1: temperature=21.3 humidity=52.1 battery=88 voltage=2.9 rssi=-63", _rig.Intake.Take().Rows.Single().ToString());
        Assert.Equal("plain-1: lock=1 rssi=-60", _rig.Hear(_rig.Plain, "401F01", more: ",\"tempc\":99").Rows.Single().ToString());
    }

    [Fact]
    public void Service_data_of_another_service_is_not_BTHome()
    {
        _rig.Send("home/OMG-1/BTtoMQTT/x", """{"id":"A4:C1:38:00:00:02","rssi":-63,"servicedatauuid":"0x181a","servicedata":"401f01"}""");
        Assert.Empty(_rig.Intake.Take().Rows);
        Assert.Equal(1, _rig.Report.Rejected(RejectReason.NotMapped));
    }

    [Fact]
    public void Ruuvi_Gateway_hands_on_whole_advertisements()
    {
        var data = _rig.Lock.Data("1F01", 3);
        var payload = $"0201060{data.Length / 2 + 3:X}16D2FC{data}";
        _rig.Send("ruuvi/C8:25:2D:8E:9C:2C/A4:C1:38:00:00:01", $$"""{"gw_mac":"C8:25:2D:8E:9C:2C","rssi":-66,"aoa":[],"gwts":"1653633988","ts":"1653633988","data":"{{payload}}","coords":""}""");
        var row = _rig.Intake.Take().Rows.Single();
        Assert.Equal(("lock-1: lock=1 rssi=-66 ble.counter=3", IntakeFixture.Now), (row.ToString(), row.TimeMs));
    }

    [Fact]
    public void Ruuvi_Gateway_over_http_hands_on_the_newest_advert_of_each_device_under_its_address()
    {
        var data = _rig.Lock.Data("1F01", 3);
        var payload = $"0201060{data.Length / 2 + 3:X}16D2FC{data}";
        _rig.Send("ruuvi/http", """
            {"data":{"coordinates":"","timestamp":"1653633988","nonce":"2636366621","gw_mac":"C8:25:2D:8E:9C:2C","tags":{
              "A4:C1:38:00:00:01":{"rssi":-66,"timestamp":"1653633988","data":"PAYLOAD"},
              "F0:00:00:00:00:09":{"rssi":-40,"timestamp":"1653633980","data":"020106"},
              "A4:C1:38:00:00:02":{"rssi":-71,"timestamp":"1653633928","data":"0201061BFF99040512FC5394C37C0004FFFC040CAC364200CDCBB8334C884F"}}}}
            """.Replace("PAYLOAD", payload, StringComparison.Ordinal));

        var rows = _rig.Intake.Take().Rows;

        Assert.Equal(
            [("lock-1: lock=1 rssi=-66 ble.counter=3", IntakeFixture.Now), ("plain-1: temperature=24.3 humidity=53.49 pressure=1000.44 voltage=2.977 movements=66 rssi=-71", IntakeFixture.Now - 60_000)],
            rows.Select(row => (row.ToString(), row.TimeMs)));
        Assert.Equal(1, _rig.Report.Rejected(RejectReason.DeviceNotAllowed));
    }

    [Fact]
    public void Ruuvi_Gateway_over_http_may_hear_many_and_without_times_all_is_of_now()
    {
        var tags = string.Join(',', Enumerable.Range(0, 200).Select(tag => $$"""
            "B0:00:00:00:00:{{tag:X2}}":{"rssi":-60,"data":"0201061BFF99040512FC5394C37C0004FFFC040CAC364200CD{{tag:X12}}"}
            """));
        _rig.Send("ruuvi/http", """{"data":{"nonce":"1","gw_mac":"C8:25:2D:8E:9C:2C","tags":{TAGS}}}""".Replace("TAGS", tags, StringComparison.Ordinal));

        var rows = _rig.Intake.Take().Rows;

        Assert.Equal(200, rows.Count);
        Assert.All(rows, row => Assert.Equal(IntakeFixture.Now, row.TimeMs));
    }

    [Fact]
    public void What_a_gateway_kept_for_a_while_is_dated_by_its_age_whatever_its_clock()
    {
        _rig.Send("ruuvi/C8:25:2D:8E:9C:2C/A4:C1:38:00:00:02", """
            {"gw_mac":"C8:25:2D:8E:9C:2C","rssi":-66,"gwts":"1100","ts":"1040","data":"0201061BFF99040512FC5394C37C0004FFFC040CAC364200CDCBB8334C884F"}
            """);
        var row = _rig.Intake.Take().Rows.Single();
        Assert.Equal("plain-1: temperature=24.3 humidity=53.49 pressure=1000.44 voltage=2.977 movements=66 rssi=-66", row.ToString());
        Assert.Equal(IntakeFixture.Now - 60_000, row.TimeMs);
    }

    [Fact]
    public void Shelly_hands_on_events_that_its_script_has_read()
    {
        _rig.Send("shellyplus1-a8032abe54dc/events/rpc", """
            {"src":"shellyplus1-a8032abe54dc","dst":"shellyplus1-a8032abe54dc/events","method":"NotifyEvent","params":{"ts":1685000000.12,"events":[
              {"component":"script:1","id":1,"event":"shelly-blu","data":{"encryption":false,"BTHome_version":2,"pid":171,"battery":100,"illuminance":13,"window":1,"rotation":0.1,
               "rssi":-55,"address":"a4:c1:38:00:00:02"},"ts":1685000000.12},
              {"component":"input:0","id":0,"event":"single_push","ts":1685000000.12}]}}
            """);
        Assert.Equal("plain-1: battery=100 illuminance=13 window=1 rotation=0.1 rssi=-55", _rig.Intake.Take().Rows.Single().ToString());
    }

    [Fact]
    public void Two_gateways_that_name_the_values_in_another_order_heard_the_same_advert()
    {
        const string First = """{"address":"a4:c1:38:00:00:02","pid":5,"window":1,"battery":90,"rssi":-50}""";
        const string Second = """{"rssi":-70,"battery":90,"window":1,"pid":5,"address":"a4:c1:38:00:00:02"}""";
        _rig.Send("shelly-1/events/rpc", First);
        var first = _rig.Intake.Take().Rows.Single();
        _rig.Intake.ClockMs += 300;
        _rig.Send("shelly-2/events/rpc", Second);
        Assert.Equal(first.TimeMs, _rig.Intake.Take().Rows.Single().TimeMs);
    }

    [Theory]
    [InlineData("home/OMG-1/BTtoMQTT/x", "offline")]
    [InlineData("home/OMG-1/BTtoMQTT/x", "{}")]
    [InlineData("ruuvi/C8:25:2D:8E:9C:2C/gw_status", """{"state":"online"}""")]
    [InlineData("shelly-1/events/rpc", """{"src":"shelly-1","method":"NotifyEvent","params":{"events":[]}}""")]
    public void Messages_that_hold_no_advert_are_ordinary_ones(string topic, string payload)
    {
        Assert.Equal(IntakeVerdict.NotTelemetry, _rig.Send(topic, payload));
        Assert.Empty(_rig.Intake.Take().Letters);
    }

    [Theory]
    [InlineData("""{"id":"A4:C1:38:00:00:02","servicedata":""", RejectReason.MalformedJson)]
    [InlineData("""5""", RejectReason.NotAnObject)]
    [InlineData("""{"id":"A4:C1:38:00:00:02","servicedata":"401F"}""", RejectReason.MalformedFrame)]
    [InlineData("""[[[[[[[[[[[]]]]]]]]]]]""", RejectReason.NestedTooDeeply)]
    [InlineData("""{"servicedata":"401F01"}x""", RejectReason.MalformedJson)]
    public void What_is_wrong_is_a_dead_letter_with_its_reason(string payload, RejectReason expected)
    {
        Assert.Equal(IntakeVerdict.DeadLettered, _rig.Send("home/OMG-1/BTtoMQTT/x", payload));
        Assert.Equal(expected, _rig.Intake.Take().Letters.Single().Reason);
    }
}
