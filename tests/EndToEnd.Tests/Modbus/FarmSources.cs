using Fengsui.Modbus;

namespace Fengsui.EndToEnd.Tests.Modbus;

/// <summary>The configuration by which a server polls a farm.</summary>
internal static class FarmSources
{
    private const string Map = """
        modbus:
          maps:
            - name: slave
              every: 100ms
              points:
                - { metric: temperature, address: 0, type: float32 }
                - { metric: lel, address: 8, type: float32 }
                - { metric: tenths, address: 100, type: uint32 }
                - { metric: number, address: 102 }
          sources:

        """;

    /// <summary>One source for each port, named <c>g0</c>, <c>g1</c>… Devices are <c>g0-1</c>, <c>g0-2</c>…</summary>
    /// <param name="farm">What listens.</param>
    /// <param name="options">Further keys of each source.</param>
    public static IReadOnlyDictionary<string, string> Files(Farm farm, params string[] options) => new Dictionary<string, string>
    {
        ["sources/farm.yaml"] = Map + string.Concat(farm.Ports.Select((port, index) =>
            $"    - {{ {string.Join(", ", [$"name: g{index}", "host: 127.0.0.1", $"port: {port}", $"framing: {(farm.Options.IsSerial ? "rtu" : "tcp")}", .. options])}, units: [{{ unit: 1-{farm.Options.Units}, map: slave }}] }}\n")),
    };
}
