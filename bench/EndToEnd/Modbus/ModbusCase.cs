namespace Fengsui.Bench.EndToEnd.Modbus;

/// <summary>How 200 slaves are reached.</summary>
internal sealed record ModbusCase(string Name, int Ports, int Units, bool IsSerial, int InFlight)
{
    /// <summary>Registers of a request: six signals as floats.</summary>
    public const int Values = 6;

    public static IReadOnlyList<ModbusCase> All { get; } =
    [
        new("200 connections, one slave each", 200, 1, false, 1),
        new("10 gateways with 20 units, 4 in flight", 10, 20, false, 4),
        new("1 gateway with 200 units, 16 in flight", 1, 200, false, 16),
        new("10 serial lines with 20 units, 1 in flight", 10, 20, true, 1),
    ];

    /// <summary>The section of the source files that polls the farm.</summary>
    public string Configuration(IReadOnlyList<int> ports)
    {
        string[] metrics = ["temperature", "humidity", "co", "h2s", "lel", "o2"];
        var points = string.Join(", ", metrics.Select((metric, index) => $"{{ metric: {metric}, address: {index * 2} }}"));
        var sources = string.Concat(ports.Select((port, index) =>
            $"    - {{ name: line{index}, host: 127.0.0.1, port: {port}, framing: {(IsSerial ? "rtu" : "tcp")}, max_in_flight: {InFlight}, units: [{{ unit: 1-{Units}, map: slave }}] }}\n"));
        return $"modbus:\n  maps:\n    - {{ name: slave, type: float32, every: 100ms, points: [{points}] }}\n  sources:\n{sources}";
    }
}
