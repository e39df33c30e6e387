using Fengsui.Fleet.Faults;
using Fengsui.Fleet.Payloads;

namespace Fengsui.Fleet;

/// <summary>The ranges of <see cref="FleetOptions"/>.</summary>
internal static class FleetOptionsRules
{
    private const int MaxDevices = 10_000_000;
    private const int MaxConnections = 100_000;
    private const int MaxThreads = 64;
    private const double MaxRateHz = 1_000_000;

    /// <summary>Event times are patched as 13 digits, and a skewed clock must keep them.</summary>
    private const long EarliestStartMs = 1_001_000_000_000;
    private const long LatestStartMs = 4_000_000_000_000;

    public static List<string> Check(FleetOptions options)
    {
        var mistakes = new List<string>();
        Require(mistakes, options.Port is > 0 and <= ushort.MaxValue, "port must be 1 to 65535");
        Require(mistakes, options.DeviceCount is > 0 and <= MaxDevices, $"devices must be 1 to {MaxDevices}");
        Require(mistakes, options.Connections is > 0 and <= MaxConnections, $"connections must be 1 to {MaxConnections}");
        Require(mistakes, options.Connections <= options.DeviceCount, "there must be at least one device per connection");
        Require(mistakes, options.RateHz is > 0 and <= MaxRateHz, $"rate must be above 0 and at most {MaxRateHz} Hz");
        Require(mistakes, options.Qos is >= 0 and <= 2, "QoS must be 0, 1 or 2");
        Require(mistakes, options.ProtocolVersion is 4 or 5, "protocol version must be 4 (3.1.1) or 5");
        Require(mistakes, options.Threads is > 0 and <= MaxThreads, $"threads must be 1 to {MaxThreads}");
        Require(mistakes, options.Password is null || options.UserName is not null, "a password needs a user name");
        Require(mistakes, options.Messages is null or > 0, "the number of messages must be positive");
        Require(mistakes, options.Duration is null || options.Duration > TimeSpan.Zero, "the duration must be positive");
        Require(
            mistakes,
            options.StartMs is null or (>= EarliestStartMs and <= LatestStartMs),
            $"the start must be Unix ms from {EarliestStartMs} to {LatestStartMs}");
        CheckMessages(options, mistakes);
        CheckFaults(options, mistakes);
        return mistakes;
    }

    private static void CheckMessages(FleetOptions options, List<string> mistakes)
    {
        Require(mistakes, options.InFlight is > 0 and <= FleetOptions.MaxInFlight, $"in flight must be 1 to {FleetOptions.MaxInFlight}");
        Require(
            mistakes,
            options.MessagesPerWrite is > 0 and <= FleetOptions.MaxMessagesPerWrite,
            $"messages per write must be 1 to {FleetOptions.MaxMessagesPerWrite}");
        Require(
            mistakes,
            options.PointsPerMessage is > 0 and <= FleetOptions.MaxPointsPerMessage,
            $"points per message must be 1 to {FleetOptions.MaxPointsPerMessage}");
        Require(
            mistakes,
            options.ValuesPerPoint > 0 && options.ValuesPerPoint <= MetricModel.Vocabulary.Count,
            $"values per sample must be 1 to {MetricModel.Vocabulary.Count}");
        foreach (var device in options.Roster)
        {
            foreach (var metric in device.Metrics.Where(metric => !MetricModel.TryGet(metric, out _)))
            {
                mistakes.Add($"device {device.Name}: unknown metric {metric}");
            }
        }
    }

    private static void CheckFaults(FleetOptions options, List<string> mistakes)
    {
        var faults = options.Faults;
        Require(mistakes, faults.Share is >= 0 and <= 1, "the share of faulty devices must be 0 to 1");
        Require(mistakes, faults.MinLength > TimeSpan.Zero && faults.MinLength <= faults.MaxLength, "fault lengths must be positive, shortest first");
        Require(mistakes, faults.MaxLength <= faults.Cycle, "a fault must fit its cycle");
        Require(
            mistakes,
            options.Form != PayloadForm.Gateway || !faults.AllKinds.Contains(FaultKind.Garbage),
            "garbage needs one device per message: choose another payload form than gateway");
        Require(
            mistakes,
            faults.Script.All(fault => fault.Device >= 0 && fault.Device < options.DeviceCount),
            "a scripted fault names a device that does not exist");
    }

    private static void Require(List<string> mistakes, bool holds, string mistake)
    {
        if (!holds)
        {
            mistakes.Add(mistake);
        }
    }
}
