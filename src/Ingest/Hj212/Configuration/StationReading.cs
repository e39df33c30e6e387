using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Hj212.Configuration;

/// <summary>Reads the <c>stations</c> of an HJ 212 source.</summary>
internal static class StationReading
{
    private const int LongestNumber = 64;

    public static IReadOnlyList<StationFact> Read(YamlMap source)
    {
        var stations = new SortedDictionary<string, StationFact>(StringComparer.OrdinalIgnoreCase);
        foreach (var map in source.Maps("stations", "a station"))
        {
            var number = Number(map);
            var device = map.String("device");
            var passwordFile = map.String("password_file");
            map.Finish();
            if (device is not null && !DeviceIdText.IsValid(device))
            {
                map.Diagnostics.Error(map.SpotOf("device"), DiagnosticCodes.InvalidValue, $"'{device}' cannot be a level of a topic", DeviceIdText.Expected);
            }

            if (number is not null && !stations.TryAdd(number, new StationFact(number, device, passwordFile)))
            {
                map.Diagnostics.Error(map.SpotOf("mn"), DiagnosticCodes.DuplicateName, $"station '{number}' is declared already", "another mn");
            }
        }

        return [.. stations.Values];
    }

    /// <summary>Every station must have a password, unless the configuration says that none is needed.</summary>
    public static bool CheckPasswords(YamlMap source, IReadOnlyList<StationFact> stations, bool needsPassword, string? passwordFile, bool acceptUnknown)
    {
        var bare = stations.FirstOrDefault(station => station.PasswordFile is null);
        if (!needsPassword || passwordFile is not null || (bare is null && !acceptUnknown))
        {
            return true;
        }

        var who = bare is null ? "stations that are not listed have" : $"station '{bare.Number}' has";
        source.Diagnostics.Error(
            source.Spot, DiagnosticCodes.MissingKey, $"{who} no password", "password_file, a password_file of the station, or auth: none");
        return false;
    }

    private static string? Number(YamlMap map)
    {
        if (map.RequiredString("mn") is not { } number)
        {
            return null;
        }

        if (number.Length <= LongestNumber && number.All(char.IsAsciiLetterOrDigit))
        {
            return number;
        }

        map.Diagnostics.Error(map.SpotOf("mn"), DiagnosticCodes.InvalidValue, $"'{number}' is no number of a station", $"1 to {LongestNumber} letters and digits");
        return null;
    }
}
