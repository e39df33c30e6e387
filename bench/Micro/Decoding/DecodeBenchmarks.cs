using BenchmarkDotNet.Attributes;

namespace Fengsui.Micro.Decoding;

/// <summary>
/// From the payload of one message to its rows in the stage, beside what it costs merely to tokenize the same bytes.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(ShortInProcess))]
public class DecodeBenchmarks
{
    private readonly Func<int> _tokens = DecodeOperations.Tokens;
    private DecodeRig _rig = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _rig = new DecodeRig();
        foreach (var operation in DecodeOperations.All())
        {
            operation.Run();
        }

        _rig.Device(Payloads.Wrapped);
        _rig.Gateway(Payloads.Gateway);
    }

    [Benchmark(Baseline = true)]
    public int Tokens_only_by_Utf8JsonReader() => _tokens();

    [Benchmark]
    public int Fast_ts_and_values() => _rig.Device(Payloads.Wrapped);

    [Benchmark]
    public int Fast_flat() => _rig.Device(Payloads.Flat);

    [Benchmark]
    public int Fast_flat_QoS_1() => _rig.Device(Payloads.Flat, qos: 1);

    [Benchmark]
    public int Full_ts_and_values() => _rig.Full(Payloads.Wrapped);

    [Benchmark]
    public int Full_nested_null_word_position() => _rig.Full(Payloads.Mixed);

    /// <summary>A message of 10 devices: divide by ten to compare.</summary>
    [Benchmark]
    public int Gateway_map_of_10_devices() => _rig.Gateway(Payloads.Gateway);

    [Benchmark]
    public int Gateway_map_of_10_devices_with_nulls() => _rig.Gateway(Payloads.GatewayWithNulls);
}
