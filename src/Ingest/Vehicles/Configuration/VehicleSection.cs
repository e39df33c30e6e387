using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Ingest.Sources.Tcp;
using Fengsui.Ingest.Vehicles.Reports;
using Fengsui.Ingest.Vehicles.Sessions;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Vehicles.Configuration;

/// <summary>Reads the section <c>jt808</c> of the source files: a list of listeners. docs/vehicles.md describes it.</summary>
internal sealed class VehicleSection : ISourceSection
{
    private const string DefaultTemplate = "vehicle-" + TerminalDirectory.PhonePlaceholder;

    /// <summary>Terminals register and authenticate at once; a slow network adds seconds.</summary>
    private const long DefaultLoginMs = 30_000;
    private const long ShortestLoginMs = 100;
    private const long LongestLoginMs = 600_000;

    private static readonly KeyValuePair<string, bool>[] UnknownWords = [new("refuse", false), new("accept", true)];
    private static readonly KeyValuePair<string, bool>[] RegistrationWords = [new("known", true), new("closed", false)];
    private static readonly KeyValuePair<string, bool>[] AuthWords = [new("code", true), new("none", false)];
    private static readonly KeyValuePair<string, StatusBits>[] DoorWords =
    [
        new("front", StatusBits.FrontDoor), new("middle", StatusBits.MiddleDoor), new("rear", StatusBits.RearDoor), new("driver", StatusBits.DriverDoor),
    ];

    public void Read(IReadOnlyList<YamlMap> files, SourceCatalog catalog)
    {
        foreach (var map in files.SelectMany(file => file.Maps(VehicleProtocol.Name, "a jt808 source")))
        {
            if (Read(map) is { } source)
            {
                catalog.Add(source);
            }
        }
    }

    private static VehicleDefinition? Read(YamlMap map)
    {
        var name = map.RequiredString("name");
        var listen = map.Listen(VehicleProtocol.Name, name);
        var template = Template(map);
        var acceptUnknown = map.Choice("unknown", false, UnknownWords);
        var needsCode = map.Choice("auth", true, AuthWords);
        var secretFile = map.String("auth_secret_file");
        var isRegistrationOpen = map.Choice("registration", true, RegistrationWords);
        var doors = Doors(map);
        var loginMs = map.DurationMs("login_timeout", DefaultLoginMs, ShortestLoginMs, LongestLoginMs);
        var terminals = TerminalReading.Read(map);
        map.Finish();
        var isSafe = TerminalReading.CheckCodes(map, terminals, needsCode, secretFile, acceptUnknown);
        CheckExposure(map, listen, acceptUnknown, needsCode);
        return name is null || listen is null || !isSafe ? null : new VehicleDefinition
        {
            Protocol = VehicleProtocol.Name,
            Name = name,
            Spot = map.Spot,
            Fingerprint = CanonicalText.Of([.. map.Keys.Select(key => map.Node(key.Text))]) + string.Join(',', map.Keys.Select(key => key.Text)),
            Listen = listen,
            DeviceTemplate = template,
            AcceptUnknown = acceptUnknown,
            IsRegistrationOpen = isRegistrationOpen,
            SecretFile = needsCode ? secretFile : null,
            CargoDoors = doors,
            LoginTimeout = TimeSpan.FromMilliseconds(loginMs),
            Terminals = needsCode ? terminals : [.. terminals.Select(terminal => terminal with { CodeFile = null })],
        };
    }

    private static string Template(YamlMap map)
    {
        var template = map.String("device", DefaultTemplate)!;
        var isGood = template.Contains(TerminalDirectory.PhonePlaceholder, StringComparison.Ordinal) && DeviceIdText.IsValid(template);
        if (!isGood)
        {
            map.Diagnostics.Error(
                map.SpotOf("device"), DiagnosticCodes.InvalidValue, $"'{template}' does not make an id of each phone", $"{TerminalDirectory.PhonePlaceholder} in {DeviceIdText.Expected}");
        }

        return template;
    }

    private static StatusBits Doors(YamlMap map)
    {
        if (!map.Has("cargo_doors"))
        {
            return StatusBits.RearDoor;
        }

        var doors = default(StatusBits);
        foreach (var word in map.Strings("cargo_doors"))
        {
            var bit = DoorWords.FirstOrDefault(door => door.Key == word).Value;
            doors |= bit;
            if (bit == 0)
            {
                map.Diagnostics.Error(
                    map.SpotOf("cargo_doors"), DiagnosticCodes.InvalidValue, $"there is no door '{word}'", "front, middle, rear or driver");
            }
        }

        return doors;
    }

    /// <summary>What others than this machine reach must not be open to everybody.</summary>
    private static void CheckExposure(YamlMap map, TcpSourceOptions? listen, bool acceptUnknown, bool needsCode)
    {
        if (listen is null || listen.IsLoopback())
        {
            return;
        }

        if (acceptUnknown)
        {
            map.Diagnostics.Error(
                map.SpotOf("unknown"), DiagnosticCodes.Conflict, $"any terminal could connect to {listen.EndPoint}", "unknown: refuse beyond loopback, and a list of terminals");
        }

        if (!needsCode)
        {
            map.Diagnostics.Error(
                map.SpotOf("auth"), DiagnosticCodes.Conflict, $"anybody who knows a phone number could report to {listen.EndPoint}", "auth: code beyond loopback");
        }
    }
}
