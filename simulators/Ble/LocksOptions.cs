using Fengsui.Ble.Faults;

namespace Fengsui.Ble;

/// <summary>What the locks and gateways are and do. Plain values; <see cref="Validate"/> says everything that is wrong with them.</summary>
public sealed class LocksOptions
{
    public const int MaxLocks = 10_000;
    public const int MaxGateways = 200;

    /// <summary>Addresses have 48 bits.</summary>
    private const long LastAddress = (1L << 48) - 1;

    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 8885;

    /// <summary>What a gateway shows to be let in; null for nothing.</summary>
    public string? Token { get; init; }

    public int Gateways { get; init; } = 3;

    public int Locks { get; init; } = 10;

    /// <summary>How many gateways hear each lock.</summary>
    public int Heard { get; init; } = 2;

    /// <summary>The address of the first lock; the others count up.</summary>
    public long FirstAddress { get; init; } = 0xA4C1_3800_0001;

    /// <summary>The counter of each lock's first advert is one more. A second run against the same server must begin where the last one ended.</summary>
    public uint FirstCounter { get; init; }

    /// <summary>Adverts a second of each lock.</summary>
    public double RateHz { get; init; } = 0.2;

    /// <summary>Sends as fast as the server answers.</summary>
    public bool Unthrottled { get; init; }

    /// <summary>Stop after so many adverts of each lock; with neither this nor <see cref="Duration"/> they go on until cancelled.</summary>
    public int? Adverts { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>A lock is opened once in so many adverts, by somebody who is named.</summary>
    public int OpenEvery { get; init; } = 50;

    /// <summary>A fault befalls a lock, or a gateway, once in so many adverts.</summary>
    public int FaultEvery { get; init; } = 100;

    public IReadOnlyList<LockFault> Faults { get; init; } = [];

    /// <summary>Unanswered frames of one gateway.</summary>
    public int InFlight { get; init; } = 32;

    /// <summary>A frame unanswered for so long makes its gateway connect anew.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the end waits for answers.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Everything random follows from it, and the keys.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Where the truth about faults is written, a JSON line each.</summary>
    public string? TruthPath { get; init; }

    /// <summary>Every acknowledged advert is appended here: <c>{"d":address,"c":counter}</c>.</summary>
    public string? AckedLogPath { get; init; }

    public IReadOnlyList<string> Validate()
    {
        var mistakes = new List<string>();
        Check(Locks is >= 1 and <= MaxLocks, $"--locks must be from 1 to {MaxLocks}");
        Check(Gateways is >= 1 and <= MaxGateways, $"--gateways must be from 1 to {MaxGateways}");
        Check(Heard >= 1 && Heard <= Gateways, "--heard must be from 1 to the number of gateways");
        Check(Port is >= 1 and <= 65_535, "--port must be from 1 to 65535");
        Check(FirstAddress >= 0 && FirstAddress <= LastAddress - MaxLocks, "--first-address must be twelve hexadecimal digits");
        Check(RateHz is > 0 and <= 1_000, "--rate must be above 0 and at most 1000");
        Check(OpenEvery >= 4, "--open-every must be at least 4");
        Check(FaultEvery >= 4, "--fault-every must be at least 4");
        Check(InFlight is >= 1 and <= 1_000, "--in-flight must be from 1 to 1000");
        Check(Adverts is null or >= 1, "--adverts must be at least 1");
        return mistakes;

        void Check(bool isGood, string mistake)
        {
            if (!isGood)
            {
                mistakes.Add(mistake);
            }
        }
    }
}
