using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>One entry of the alert log on its way to receivers, which share it.</summary>
public sealed class Notice
{
    private static readonly SortedDictionary<string, string> NoTexts = new(StringComparer.Ordinal);

    private readonly AlertEntry? _entry;
    private byte[]? _json;

    /// <param name="number">In the alert log, from 1.</param>
    /// <param name="deviceType">Empty when there is no device, or it is not known.</param>
    public Notice(long number, AlertEntry entry, string deviceType)
    {
        _entry = entry;
        Number = number;
        Id = entry.Id;
        AlertId = entry.AlertId;
        Subject = entry.Subject;
        IsShadow = entry.IsShadow;
        ReceiveTimeMs = entry.ReceiveTimeMs;
        TimeMs = (entry as AlertTransition)?.EventTimeMs ?? entry.ReceiveTimeMs;
        Annotations = (entry as AlertTransition)?.Annotations ?? NoTexts;
        Facts = new RouteFacts(
            entry.Tier, LeftTier(entry), StateOf(entry), entry.Zone, entry.Device, deviceType, entry.Rule, entry.Labels, entry.Audience, entry.HeldBy != HoldReason.None);
    }

    private Notice(TestNotice test)
    {
        _json = test.ToJson();
        Id = test.Id;
        AlertId = test.Id;
        Subject = test.Receiver;
        ReceiveTimeMs = test.TimeMs;
        TimeMs = test.TimeMs;
        Annotations = TestNotice.Annotations;
        Facts = TestNotice.Facts;
        IsTest = true;
    }

    /// <summary>In the alert log; 0 for a test.</summary>
    public long Number { get; }

    /// <summary>By this a receiver recognises a repeat.</summary>
    public string Id { get; }

    public string AlertId { get; }

    /// <summary>The device, or the zone of a rule about zones.</summary>
    public string Subject { get; }

    public RouteFacts Facts { get; }

    public IReadOnlyDictionary<string, string> Annotations { get; }

    public long ReceiveTimeMs { get; }

    public long TimeMs { get; }

    public bool IsShadow { get; }

    /// <summary>Sent because somebody wanted to see whether it arrives; about no alert.</summary>
    public bool IsTest { get; }

    /// <summary>The entry; null for a test.</summary>
    public AlertEntry? Entry => _entry;

    /// <summary>UTF-8 JSON, see <see cref="AlertJson"/>. Made when the first receiver asks.</summary>
    public ReadOnlyMemory<byte> Json => _json ??= AlertJson.ToBytes(_entry!);

    public static Notice Test(string receiver, string id, long timeMs) => new(new TestNotice(receiver, id, timeMs));

    private static Tier LeftTier(AlertEntry entry) =>
        entry is AlertTransition { PreviousTier: var left } && left != entry.Tier ? left : Tier.None;

    private static string StateOf(AlertEntry entry) => entry is AlertTransition transition ? transition.State.Name() : ((AlertEvent)entry).Kind.Name();
}
