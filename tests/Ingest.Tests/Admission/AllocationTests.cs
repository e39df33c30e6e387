using System.Text;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Payloads;
using Fengsui.Support;

namespace Fengsui.Ingest.Tests.Admission;

/// <summary>Known devices and metrics cost no allocation, by whichever way they are decoded.</summary>
public sealed class AllocationTests
{
    [Theory]
    [InlineData("telemetry/d1", """{"co":1.5,"h2s":2,"lel":3}""")]
    [InlineData("telemetry/d1", """{"ts":1760000000000,"values":{"co":1.5,"h2s":2}}""")]
    [InlineData("telemetry/d1", """{ "co" : 1.5e3 , "h2s" : null , "lock" : "open" , "door" : true }""")]
    [InlineData("telemetry/d1", """{"gas":{"co":1,"h2s":2},"lat":31.2,"lon":121.5,"ts":1760000000}""")]
    [InlineData("telemetry/d1", """{"co":123456789.123456789,"co":2,"co":3}""")]
    [InlineData("telemetry/d1", """{"\u6e29\u5ea6":1,"a\"b":2}""")]
    [InlineData("telemetry/d1", """[{"ts":1760000000000,"values":{"co":1}},{"co":2}]""")]
    [InlineData("telemetry/d1", """{"co":1,"text":"unsupported","list":[1,{"a":"b"}]}""")]
    [InlineData("telemetry/d1", """{"co":""")]
    [InlineData("v1/devices/me/telemetry", """{"co":1}""")]
    [InlineData("v1/gateway/telemetry", """{"d1":[{"ts":1760000000000,"values":{"co":1,"h2s":2}}],"Device B":{"co":null}}""")]
    [InlineData("v1/gateway/telemetry", """{"\u8bbe\u5907 1":{"co":1}}""")]
    public void A_message_of_known_names_allocates_nothing(string topic, string json)
    {
        Assert.Equal(0, Allocated(topic, json, slot: 0));
        Assert.Equal(0, Allocated(topic, json, slot: -1));
    }

    private static long Allocated(string topic, string json, int slot)
    {
        var registry = new DeviceRegistry(new RegistryOptions());
        var options = new IntakeOptions { MaxDeadLettersPerSecond = int.MaxValue };
        var devices = new Provisioner(registry, options.Provisioning);
        var routes = new RouteCache(new TopicRouter(devices, new PayloadRoutes(), "client"), new PayloadRoutes(), options.MaxRoutesPerConnection);
        var admission = new MessageAdmission(
            registry, options, devices, new RowTemplates(registry.Metrics), new IntakeCounters(), "client");
        var topicBytes = Encoding.UTF8.GetBytes(topic);
        var payload = Encoding.UTF8.GetBytes(json);

        void Send(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var message = new InboundMessage { Topic = topicBytes, Payload = payload, Qos = 1, PacketId = 1, TopicCacheSlot = slot };
                admission.Admit(message, routes.Find(message), IntakeFixture.Now);
                if (admission.Stage.IsFull)
                {
                    admission.Flush();
                }
            }
        }

        Send(8_000);
        return Allocation.LeastOf(() => Send(2_000));
    }
}
