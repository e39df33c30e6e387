using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Vehicles.Configuration;

/// <summary>Reads the <c>terminals</c> of a JT/T 808 source.</summary>
internal static class TerminalReading
{
    private const int LongestPhone = 20;

    public static IReadOnlyList<TerminalFact> Read(YamlMap source)
    {
        var terminals = new SortedDictionary<string, TerminalFact>(StringComparer.Ordinal);
        foreach (var map in source.Maps("terminals", "a terminal"))
        {
            var phone = Phone(map);
            var device = Device(map);
            var codeFile = map.String("auth_code_file");
            map.Finish();
            if (phone is not null && !terminals.TryAdd(phone, new TerminalFact(phone, device, codeFile)))
            {
                map.Diagnostics.Error(map.SpotOf("phone"), DiagnosticCodes.DuplicateName, $"terminal '{phone}' is declared already", "another phone");
            }
        }

        return [.. terminals.Values];
    }

    /// <summary>Every terminal must have something to show who it is, unless the configuration says that none is needed.</summary>
    public static bool CheckCodes(YamlMap source, IReadOnlyList<TerminalFact> terminals, bool needsCode, string? secretFile, bool acceptUnknown)
    {
        var bare = terminals.FirstOrDefault(terminal => terminal.CodeFile is null);
        if (!needsCode || secretFile is not null || (bare is null && !acceptUnknown))
        {
            return true;
        }

        var who = bare is null ? "terminals that are not listed have" : $"terminal '{bare.Phone}' has";
        source.Diagnostics.Error(
            source.Spot, DiagnosticCodes.MissingKey, $"{who} no authentication code", "auth_secret_file, an auth_code_file of the terminal, or auth: none");
        return false;
    }

    private static string? Phone(YamlMap map)
    {
        if (map.RequiredString("phone") is not { } text)
        {
            return null;
        }

        if (text.Length <= LongestPhone && text.All(char.IsAsciiDigit))
        {
            var digits = text.TrimStart('0');
            return digits.Length == 0 ? "0" : digits;
        }

        map.Diagnostics.Error(map.SpotOf("phone"), DiagnosticCodes.InvalidValue, $"'{text}' is no phone number of a terminal", $"1 to {LongestPhone} digits");
        return null;
    }

    private static string? Device(YamlMap map)
    {
        var device = map.String("device");
        if (device is not null && !DeviceIdText.IsValid(device))
        {
            map.Diagnostics.Error(map.SpotOf("device"), DiagnosticCodes.InvalidValue, $"'{device}' cannot be a level of a topic", DeviceIdText.Expected);
        }

        return device;
    }
}
