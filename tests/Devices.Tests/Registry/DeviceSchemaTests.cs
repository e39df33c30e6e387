using Fengsui.Devices.Registry.Files;
using Fengsui.Rules.Schema;
using Xunit;

namespace Fengsui.Devices.Tests.Registry;

public sealed class DeviceSchemaTests
{
    [Fact]
    public void The_schema_of_device_files_has_the_keys_that_the_reader_knows()
    {
        const string Text = "zzz: 1\nzones: [{ id: z, zzz: 1 }]\ndevices: [{ id: d, zone: z, zzz: 1 }]";
        var known = DeviceFileReader.Read([new DeviceFile("d.yaml", Text)]).Diagnostics
            .Select(one => string.Join(' ', one.Expected["one of ".Length..].Split(", ").Order(StringComparer.Ordinal)));
        var described = ConfigurationSchema.Mappings("devices").Select(mapping => string.Join(' ', mapping.Keys.Order(StringComparer.Ordinal)));

        Assert.Equal(known.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }
}
