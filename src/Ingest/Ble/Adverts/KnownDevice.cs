using System.Text;
using Fengsui.Ingest.Ble.Codec;

namespace Fengsui.Ingest.Ble.Adverts;

/// <summary>One Bluetooth device that may report, what it must prove, and what was heard of it last. Guarded by its <see cref="AdvertBook"/>.</summary>
internal sealed class KnownDevice(BleAddress address, string device, BthomeCipher? cipher, bool takesPlain, bool namesPerson)
{
    /// <summary>Advertisements remembered to recognise further hearings: what a device says within the window, when it is in a hurry.</summary>
    public const int MaxHearings = 16;

    private readonly Hearing[] _hearings = new Hearing[MaxHearings];
    private int _newest = -1;
    private int _count;

    public BleAddress Address => address;

    public string Name => device;

    /// <summary>The device's id, in UTF-8.</summary>
    public byte[] Device { get; } = Encoding.UTF8.GetBytes(device);

    /// <summary>Null when it has no key.</summary>
    public BthomeCipher? Cipher => cipher;

    /// <summary>Whether it may say anything in the clear.</summary>
    public bool TakesPlain => cipher is null && takesPlain;

    /// <summary>The text object of its advertisements names the person who unlocks.</summary>
    public bool NamesPerson => namesPerson;

    /// <summary>The highest counter so far; −1 before the first.</summary>
    public long Counter { get; private set; } = -1;

    /// <summary>Event time of the newest row, ms since 1970 UTC.</summary>
    public long LastMs { get; private set; } = long.MinValue;

    /// <summary>Takes over what was known before the start.</summary>
    public void Restore(long counter, long timeMs)
    {
        Counter = Math.Max(Counter, counter);
        LastMs = Math.Max(LastMs, timeMs);
    }

    /// <param name="advert">Decrypted.</param>
    /// <param name="counter">Of an encrypted one; −1 for one in the clear.</param>
    /// <param name="gateway">The number of its gateway.</param>
    /// <param name="receiveMs">Journal time.</param>
    /// <param name="windowMs">How long further hearings are expected.</param>
    public Judgement Judge(Advert advert, long counter, int gateway, long receiveMs, long windowMs)
    {
        var digest = advert.Digest();
        var bit = 1UL << (gateway & 63);
        if (Find(digest, bit, receiveMs - windowMs, advert.IsResent) is var found and >= 0)
        {
            ref var heard = ref _hearings[found];
            heard.Gateways |= bit;
            var isStronger = advert.Rssi > heard.BestRssi;
            heard.BestRssi = isStronger ? advert.Rssi : heard.BestRssi;
            return new Judgement(Verdict.Again, heard.EventMs, heard.FirstRssi, isStronger);
        }

        if (counter >= 0 && counter <= Counter)
        {
            return new Judgement(counter == Counter && _count == 0 ? Verdict.Stored : Verdict.Replayed);
        }

        var isNumbered = counter >= 0 || advert.PacketId >= 0 || advert.Sequence >= 0;
        var timeMs = TimeOf(advert.AgeMs, counter >= 0, receiveMs);
        Remember(new Hearing
        {
            Digest = digest,
            EventMs = timeMs,
            FirstMs = receiveMs,
            FirstRssi = advert.Rssi,
            BestRssi = double.IsNaN(advert.Rssi) ? double.NegativeInfinity : advert.Rssi,
            Gateways = bit,
            IsNumbered = isNumbered,
            IsCounted = counter >= 0,
        });
        Counter = Math.Max(Counter, counter);
        LastMs = Math.Max(LastMs, timeMs);
        return new Judgement(Verdict.New, timeMs, advert.Rssi);
    }

    /// <summary>When a row that is no advertisement's own may stand: behind all others.</summary>
    public long NextMs(long receiveMs) => LastMs = Math.Max(receiveMs, LastMs + 1);

    /// <summary>
    /// From the newest back. Many devices repeat an encrypted advert until they have a new one, so that the newest may be heard again at any time; an older one
    /// only while a slower gateway may bring it. What carries no number of its own, and was followed by something else, is the same again only for a gateway that has heard nothing
    /// newer: otherwise the device says it a second time, as a lock does that is opened, closed and opened.
    /// </summary>
    private int Find(ulong digest, ulong gateway, long sinceMs, bool isResent)
    {
        for (var back = 0; back < _count; back++)
        {
            var at = (_newest - back + MaxHearings) % MaxHearings;
            ref readonly var heard = ref _hearings[at];
            if (heard.Digest == digest && (isResent || heard.FirstMs >= sinceMs || (back == 0 && heard.IsCounted)))
            {
                return at;
            }

            if (!heard.IsNumbered && !isResent && (heard.Gateways & gateway) != 0)
            {
                return -1;
            }
        }

        return -1;
    }

    /// <summary>
    /// An encrypted advert is later than those of lower counters whatever the gateways' clocks say; one in the clear that was kept for a while is late. The
    /// event times of counters rise strictly, so that the newest in the history is the highest.
    /// </summary>
    private long TimeOf(long ageMs, bool isCounted, long receiveMs) =>
        isCounted || ageMs == 0 ? Math.Max(receiveMs - ageMs, LastMs + 1) : receiveMs - ageMs;

    private void Remember(in Hearing hearing)
    {
        _newest = (_newest + 1) % MaxHearings;
        _hearings[_newest] = hearing;
        _count = Math.Min(_count + 1, MaxHearings);
    }
}
