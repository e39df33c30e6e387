using static Fengsui.Rules.Schema.Shapes;

namespace Fengsui.Rules.Schema;

/// <summary>What a device file may hold. Its reader is in the room of the devices; a test compares the two.</summary>
internal static class DeviceSchema
{
    private static readonly SchemaMapping Zone = new(
        "zone",
        "a zone",
        "A place that devices belong to.",
        new("id", Text, "Its id: without / + #.") { IsRequired = true },
        new("labels", () => Map(Text()), "Labels of each of its devices, beneath their own."));

    private static readonly SchemaMapping Device = new(
        "device",
        "a device",
        "One thing that reports.",
        new("id", Text, "Its id: without / + #.") { IsRequired = true },
        new("type", Text, "Its type, which rules select by; without it: default."),
        new("zone", Text, "Its zone; without it: default."),
        new("labels", () => Map(Text()), "Its labels, which rules select by."));

    public static SchemaFile File { get; } = new(
        "Fengsui devices",
        new SchemaMapping(
            "file",
            "a device file",
            "Devices that are known by name, and their zones.",
            new("zones", () => List(Of(Zone)), "Zones."),
            new("devices", () => List(Of(Device)), "Devices.")),
        Zone,
        Device);
}
