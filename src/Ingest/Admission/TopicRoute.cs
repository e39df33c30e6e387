using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;

namespace Fengsui.Ingest.Admission;

/// <summary>A topic, resolved once per connection.</summary>
internal sealed record TopicRoute(TopicKind Kind, Device? Device, RejectReason Refused)
{
    public static TopicRoute Other { get; } = new(TopicKind.Other, null, RejectReason.None);

    public static TopicRoute Gateway { get; } = new(TopicKind.Gateway, null, RejectReason.None);
}
