using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Mqtt.Sessions;

namespace Fengsui.Ingest.Mqtt.Subscriptions;

/// <summary>
/// The members of one shared subscription. A message goes to one of them, in turn: first to those that can take it now, then to those that can
/// queue it, so that a full or absent member does not lose it while another could have had it.
/// </summary>
internal sealed class SharedGroup
{
    private int _turn;

    /// <summary>Replaced, never changed, under the tree's lock.</summary>
    public volatile Subscription[] Members = [];

    /// <summary>False when no member could take the message.</summary>
    public bool Deliver(BrokerMessage message)
    {
        var members = Members;
        if (members.Length == 0) return false;
        var start = (int)((uint)Interlocked.Increment(ref _turn) % (uint)members.Length);
        return DeliverFrom(message, members, start, DeliveryPass.SendNow)
            || DeliverFrom(message, members, start, DeliveryPass.QueueWhileConnected)
            || DeliverFrom(message, members, start, DeliveryPass.QueueOffline);
    }

    private bool DeliverFrom(BrokerMessage message, Subscription[] members, int start, DeliveryPass pass)
    {
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[(start + i) % members.Length];
            if (member.Session.DeliverShared(message, member, this, pass)) return true;
        }
        return false;
    }
}
