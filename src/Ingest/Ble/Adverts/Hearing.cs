namespace Fengsui.Ingest.Ble.Adverts;

/// <summary>One advertisement that was taken, and who has heard it.</summary>
internal struct Hearing
{
    /// <summary>See <see cref="Advert.Digest"/>.</summary>
    public ulong Digest;

    /// <summary>The event time that it was given, ms since 1970 UTC: each further hearing is the same row, which the device's actor knows again.</summary>
    public long EventMs;

    /// <summary>Journal time of the first hearing. The window counts from there, so that repeating it cannot keep it open.</summary>
    public long FirstMs;

    /// <summary>dBm of the first hearing, which is in its row.</summary>
    public double FirstRssi;

    /// <summary>The strongest so far, dBm.</summary>
    public double BestRssi;

    /// <summary>Which gateways have heard it, one bit each.</summary>
    public ulong Gateways;

    /// <summary>It carries a number that tells it from every other.</summary>
    public bool IsNumbered;

    /// <summary>That number is the counter of an encrypted one.</summary>
    public bool IsCounted;
}
