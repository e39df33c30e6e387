namespace Fengsui.Vehicles;

/// <summary>What the vehicles are and do. Plain values; <see cref="Validate"/> says everything that is wrong with them.</summary>
public sealed class VehiclesOptions
{
    public const int MaxVehicles = 10_000;

    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 8808;

    public int Vehicles { get; init; } = 10;

    /// <summary>The first vehicle's phone number, 11 digits; the others count up.</summary>
    public long FirstPhone { get; init; } = 13_800_000_000;

    public TerminalVersion Version { get; init; } = TerminalVersion.Mixed;

    /// <summary>The code to authenticate with; null takes what the registration is answered with.</summary>
    public string? AuthCode { get; init; }

    /// <summary>Positions a second of each vehicle; the protocol tells times to the second, so at most 1.</summary>
    public double RateHz { get; init; } = 0.2;

    /// <summary>Sends as fast as the server answers; event times still step by <see cref="RateHz"/>.</summary>
    public bool Unthrottled { get; init; }

    /// <summary>Stop after so many positions of each vehicle; with neither this nor <see cref="Duration"/> they drive until cancelled.</summary>
    public int? Positions { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>Event time of the first position, Unix ms, whole seconds; the present when absent.</summary>
    public long? StartMs { get; init; }

    /// <summary>A GeoJSON file with the lines to drive along; a loop in Shanghai when absent.</summary>
    public string? RoutesPath { get; init; }

    /// <summary>The id of the one route to drive; all of the file's, in turn, when absent.</summary>
    public string? Route { get; init; }

    /// <summary>km/h on the way.</summary>
    public double SpeedKmh { get; init; } = 60;

    /// <summary>Standard deviation of a position's error, m.</summary>
    public double NoiseM { get; init; } = 4;

    /// <summary>Share of the vehicles that raise alarms, open a door, grow warm.</summary>
    public double FaultShare { get; init; } = 0.2;

    /// <summary>Each vehicle hangs up this often, for <see cref="Outage"/>, and then sends what it kept; never when absent.</summary>
    public TimeSpan? OutageEvery { get; init; }

    public TimeSpan Outage { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Unanswered messages of one vehicle.</summary>
    public int InFlight { get; init; } = 8;

    /// <summary>A message unanswered for so long makes the vehicle connect anew.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the end waits for answers.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Everything random follows from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Every acknowledged position is appended here: <c>{"d":phone,"ts":ms,"v":[speed,heading,mileage]}</c>.</summary>
    public string? AckedLogPath { get; init; }

    public IReadOnlyList<string> Validate()
    {
        var mistakes = new List<string>();
        Check(Vehicles is >= 1 and <= MaxVehicles, $"--vehicles must be from 1 to {MaxVehicles}");
        Check(Port is >= 1 and <= 65_535, "--port must be from 1 to 65535");
        Check(FirstPhone is >= 1 and <= 99_999_999_999 - MaxVehicles, "--first-phone must have at most 11 digits");
        Check(RateHz is > 0 and <= 1, "--rate must be above 0 and at most 1");
        Check(SpeedKmh is > 0 and <= 150, "--speed must be above 0 and at most 150");
        Check(NoiseM is >= 0 and <= 1_000, "--noise must be from 0 to 1000");
        Check(FaultShare is >= 0 and <= 1, "--fault-share must be from 0 to 1");
        Check(InFlight is >= 1 and <= 1_000, "--in-flight must be from 1 to 1000");
        Check(StartMs is null || StartMs % 1_000 == 0, "the start must be a whole second");
        Check(AuthCode is null || AuthCode.Length is >= 1 and <= 200, "the authentication code must have 1 to 200 characters");
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
