using Fengsui.Ingest.Modbus.Polling;
using Fengsui.Ingest.Modbus.Serial;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Ingest.Modbus;

/// <summary>One connection to a slave, or to a gateway with many behind it, as the configuration describes it.</summary>
internal sealed class ModbusDefinition : SourceDefinition
{
    public const string ProtocolName = "modbus";

    /// <summary>Where to connect; empty with a serial port.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>A serial port of this machine, in place of a connection.</summary>
    public SerialPortOptions? Serial { get; init; }

    /// <summary>The other end, for people.</summary>
    public string Peer => Serial?.Path ?? $"{Host}:{Port}";

    /// <summary>Serial frames through the connection, instead of those of Modbus TCP.</summary>
    public bool IsSerial { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public PollOptions Polling { get; init; } = new();

    public required IReadOnlyList<UnitDefinition> Units { get; init; }

    internal override ISource Open(SourceContext context) => new ModbusSource(this, context);
}
