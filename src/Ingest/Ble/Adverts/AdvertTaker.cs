using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Sources;
using Fengsui.Rules.Zones.Site;

namespace Fengsui.Ingest.Ble.Adverts;

/// <summary>
/// Turns what gateways heard into rows: who may say it, whether it can be believed, whether it was heard before. One a connection; several share the book.
/// </summary>
internal sealed class AdvertTaker(AdvertBook book, SourceConnection report)
{
    private readonly AdvertOpener _opener = new();

    /// <summary>Persons who unlocked, to be told to their zones before the message is acknowledged.</summary>
    public List<UnlockFact> Unlocks { get; } = [];

    /// <summary>Takes one message: what its gateway heard, and that it is alive.</summary>
    /// <returns>Why the message is refused as a whole.</returns>
    public RejectReason Take(GatewayMessage message, MessageRows rows, IDeviceResolver devices)
    {
        lock (book.Gate)
        {
            if (book.Gateway(message.Gateway) is not { } gateway)
            {
                report.Note($"gateway '{message.Gateway}' may not report");
                return RejectReason.NotAuthenticated;
            }

            foreach (var advert in message.Adverts)
            {
                Take(advert, gateway, rows, devices);
            }

            Watch(gateway, message.Uptime, rows, devices);
        }

        if (rows.Count == 0)
        {
            // Nothing but devices that are not ours: no message is at fault for those.
            rows.ExpectNothing();
        }

        return RejectReason.None;
    }

    private void Take(Advert advert, KnownGateway gateway, MessageRows rows, IDeviceResolver devices)
    {
        if (!advert.HasAddress)
        {
            // What lies around adverts; and service data of nobody.
            NoteNobody(advert, rows);
            return;
        }

        if (book.Find(advert.Address) is not { } known)
        {
            // Whoever walks by with a phone is counted, and no more: not even its address is kept.
            report.Reject(RejectReason.DeviceNotAllowed);
            return;
        }

        var fault = _opener.Open(advert, known, out var counter, out var isPartial);
        if (fault != RejectReason.None)
        {
            Refuse(fault, known, rows);
            return;
        }

        if (advert.Count == 0 && !isPartial)
        {
            // A name, a beacon, a form that is not known here.
            report.Reject(RejectReason.NotMapped);
            return;
        }

        if (devices.Resolve(known.Device, out var refused) is not { } device)
        {
            rows.LeaveOut(refused);
            return;
        }

        var judgement = known.Judge(advert, counter, gateway.Number, rows.ReceiveMs, book.WindowMs);
        rows.Device = device;
        switch (judgement.Verdict)
        {
            case Verdict.Replayed:
                Refuse(RejectReason.Replayed, known, rows);
                break;
            case Verdict.Stored:
                report.Repeated();
                break;
            case Verdict.Again:
                report.Repeated();
                Stage(advert, counter, judgement, rows);
                ShowStronger(advert, known, judgement, rows);
                if (advert.IsResent)
                {
                    NotePerson(advert, known, device, judgement.EventMs, rows.ReceiveMs);
                }

                break;
            default:
                Stage(advert, counter, judgement, rows);
                NotePart(advert, known, isPartial, rows);
                NotePerson(advert, known, device, judgement.EventMs, rows.ReceiveMs);
                break;
        }
    }

    private static void Stage(Advert advert, long counter, in Judgement judgement, MessageRows rows)
    {
        foreach (var (name, value) in advert.Values)
        {
            rows.Add(name, value);
        }

        if (!double.IsNaN(judgement.FirstRssi))
        {
            rows.Add("rssi"u8, judgement.FirstRssi);
        }

        if (counter >= 0)
        {
            rows.Add(CounterStore.Metric, counter);
        }

        rows.EndRowAt(judgement.EventMs);
    }

    /// <summary>The strength is that of the best hearing: of the row, or of a later one of its own.</summary>
    private static void ShowStronger(Advert advert, KnownDevice known, in Judgement judgement, MessageRows rows)
    {
        if (judgement.IsStronger)
        {
            rows.Add("rssi"u8, advert.Rssi);
            rows.EndRowAt(known.NextMs(rows.ReceiveMs));
        }
    }

    private static void NoteNobody(Advert advert, MessageRows rows)
    {
        if (advert.Form != AdvertForm.None)
        {
            rows.LeaveOut(RejectReason.NotMapped);
        }
    }

    private void NotePart(Advert advert, KnownDevice known, bool isPartial, MessageRows rows)
    {
        if (isPartial)
        {
            report.Note($"BTHome object 0x{advert.UnknownObject:X2} of {known.Address} is not known; what stands behind it cannot be read");
            rows.LeaveOut(RejectReason.UnknownMessage);
        }
    }

    private void NotePerson(Advert advert, KnownDevice known, Device device, long eventMs, long receiveMs)
    {
        var person = advert.Person.Length > 0 ? advert.Person : known.NamesPerson ? advert.Text : default;
        var zone = device.Facts.Zone;
        if (person.Length == 0 || advert.ValueOf("lock"u8) != 1 || zone == DeviceFacts.DefaultZone)
        {
            return;
        }

        // The same unlock, told twice, is one: its id follows from what was heard.
        var atMs = Math.Min(eventMs, receiveMs);
        Unlocks.Add(new UnlockFact(zone, new Unlocked($"ble-{known.Address}-{eventMs}", known.Name, Encoding.UTF8.GetString(person), atMs)));
    }

    private void Refuse(RejectReason reason, KnownDevice known, MessageRows rows)
    {
        report.Note($"{reason.Name()}: {known.Address} ({known.Name})");
        rows.LeaveOut(reason);
    }

    private static void Watch(KnownGateway gateway, double uptime, MessageRows rows, IDeviceResolver devices)
    {
        if (gateway.Device is { } name && gateway.IsDue(uptime, rows.ReceiveMs, out var seconds) && devices.Resolve(name, out _) is { } device)
        {
            rows.Device = device;
            rows.Add("uptime"u8, seconds);
            rows.EndRow();
        }
    }
}
