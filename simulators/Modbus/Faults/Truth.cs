using System.Text.Json.Serialization;

namespace Fengsui.Modbus.Faults;

/// <summary>One line of a truth file. A port below 10,000 that was chosen by the system is its number in the farm, from 0.</summary>
internal sealed record Truth(
    [property: JsonPropertyName("port")] int Port,
    [property: JsonPropertyName("unit")] int Unit,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("from")] long From,
    [property: JsonPropertyName("to")] long To);
