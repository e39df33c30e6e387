using Fengsui.Ingest.Modbus.Polling;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Ingest.Modbus;

/// <summary>One connection to a slave, or to a gateway with many behind it, as the configuration describes it.</summary>
internal sealed class ModbusDefinition : SourceDefinition
{
    public const string ProtocolName = "modbus";

    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Serial frames through the connection, instead of those of Modbus TCP.</summary>
    public bool IsSerial { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public PollOptions Polling { get; init; } = new();

    public required IReadOnlyList<UnitDefinition> Units { get; init; }

    internal override ISource Open(SourceContext context) => new ModbusSource(this, context);
}
