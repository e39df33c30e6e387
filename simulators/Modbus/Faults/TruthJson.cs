using System.Text.Json.Serialization;

namespace Fengsui.Modbus.Faults;

[JsonSerializable(typeof(Truth))]
internal sealed partial class TruthJson : JsonSerializerContext;
