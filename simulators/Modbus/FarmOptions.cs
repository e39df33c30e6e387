using Fengsui.Modbus.Faults;

namespace Fengsui.Modbus;

/// <summary>What a farm of simulated slaves is and does. Plain values; <see cref="Validate"/> says everything that is wrong with them.</summary>
public sealed class FarmOptions
{
    public const int MaxPorts = 10_000;
    public const int MaxUnits = 247;

    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The first port; 0 lets the system choose each.</summary>
    public int Port { get; init; } = 15_020;

    /// <summary>Ports that are listened on, one after the other: each is a gateway of its own.</summary>
    public int Ports { get; init; } = 1;

    /// <summary>Slaves behind each port, with the addresses 1, 2, 3…</summary>
    public int Units { get; init; } = 1;

    /// <summary>Serial frames through TCP, instead of those of Modbus TCP.</summary>
    public bool IsSerial { get; init; }

    /// <summary>Every value and fault follows from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Kinds dealt to faulty slaves, one each.</summary>
    public IReadOnlyList<FarmFault> Faults { get; init; } = [];

    /// <summary>Share of the slaves that are faulty, 0 to 1.</summary>
    public double FaultShare { get; init; } = 0.1;

    /// <summary>A faulty slave has one fault in each such time.</summary>
    public TimeSpan FaultEvery { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan FaultLength { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How late an answer is under <see cref="FarmFault.Late"/>.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.FromMilliseconds(1_500);

    /// <summary>Stop after this time; without it the farm runs until cancelled.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How often each register is expected to be asked for; what deviates from it is summed up as jitter.</summary>
    public TimeSpan? Period { get; init; }

    /// <summary>Requests in so long after the start are left out of the jitter: connections are being made, programs warm up.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>What was truly injected is written here at the end, one JSON line per fault.</summary>
    public string? TruthPath { get; init; }

    public int Slaves => Ports * Units;

    /// <summary>Everything that is wrong, in the words of the command line; empty when the farm can run.</summary>
    public IReadOnlyList<string> Validate()
    {
        var mistakes = new List<string>();
        Require(mistakes, System.Net.IPAddress.TryParse(Host, out _), "host must be an address of this machine, such as 127.0.0.1");
        Require(mistakes, Port is >= 0 and <= ushort.MaxValue, "port must be 0 to 65535");
        Require(mistakes, Ports is > 0 and <= MaxPorts, $"ports must be 1 to {MaxPorts}");
        Require(mistakes, Port == 0 || Port + Ports - 1 <= ushort.MaxValue, "the last port would be above 65535");
        Require(mistakes, Units is > 0 and <= MaxUnits, $"units must be 1 to {MaxUnits}");
        Require(mistakes, FaultShare is >= 0 and <= 1, "the share of faulty slaves must be 0 to 1");
        Require(mistakes, FaultLength > TimeSpan.Zero && FaultLength <= FaultEvery, "a fault must be longer than nothing, and at most as long as the time between two");
        Require(mistakes, Duration is null || Duration > TimeSpan.Zero, "the duration must be positive");
        Require(mistakes, Period is null || Period > TimeSpan.Zero, "the period must be positive");
        return mistakes;
    }

    private static void Require(List<string> mistakes, bool holds, string mistake)
    {
        if (!holds)
        {
            mistakes.Add(mistake);
        }
    }
}
