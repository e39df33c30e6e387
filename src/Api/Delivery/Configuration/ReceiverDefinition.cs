using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Rules.Parsing;

namespace Fengsui.Api.Delivery.Configuration;

/// <summary>One receiver as the configuration describes it; immutable.</summary>
internal abstract class ReceiverDefinition
{
    /// <summary>Unique; names the cursor's file.</summary>
    public required string Name { get; init; }

    public required SourceSpot Spot { get; init; }

    /// <summary>All that the configuration says of it, and a digest of its secrets: a receiver whose text is unchanged goes on undisturbed.</summary>
    public required string Fingerprint { get; init; }

    /// <summary><c>webhook</c>, <c>email</c>, <c>file</c>, <c>mqtt</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Where it is, for people; without secrets.</summary>
    public abstract string Address { get; }

    /// <summary>Makes the receiver; nothing is opened before it is told something.</summary>
    public abstract IAlertReceiver Open(ReceiverContext context);
}
