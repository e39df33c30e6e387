using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Tests.Payloads.Support;
using Fengsui.Support;

namespace Fengsui.Ingest.Tests.Payloads;

/// <summary>Known devices and metrics cost no allocation in any form; births do, they are rare.</summary>
public sealed class PayloadAllocationTests
{
    public static TheoryData<int> Samples() =>
        [.. Enumerable.Range(0, SamplePayloads.All.Count).Where(i => !SamplePayloads.All[i].Topic.Contains("BIRTH", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_message_of_known_names_allocates_nothing(int sample)
    {
        using var fixture = new PayloadFixture(SamplePayloads.Configuration);
        foreach (var (birth, declared) in SamplePayloads.All.Where(one => one.Topic.Contains("BIRTH", StringComparison.Ordinal)))
        {
            fixture.Send(birth, declared);
        }

        var (topic, payload) = SamplePayloads.All[sample];
        var topicBytes = System.Text.Encoding.UTF8.GetBytes(topic);
        var admission = fixture.Intake.Admission;

        void Send(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var message = new InboundMessage { Topic = topicBytes, Payload = payload, Qos = 1, PacketId = 1, TopicCacheSlot = 0 };
                admission.Admit(message, fixture.Intake.Routes.Find(message), fixture.Intake.ClockMs);
                if (admission.Stage.IsFull)
                {
                    admission.Flush();
                }
            }
        }

        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Send(8_000);
        fixture.Published.Capacity = 100;
        Assert.Equal(0, Allocation.LeastOf(() => Send(2_000)));
    }
}
