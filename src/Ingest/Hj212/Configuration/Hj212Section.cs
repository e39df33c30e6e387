using Fengsui.Ingest.Hj212.Sessions;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Ingest.Sources.Tcp;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Hj212.Configuration;

/// <summary>Reads the section <c>hj212</c> of the source files: a list of listeners. docs/hj212.md describes it.</summary>
internal sealed class Hj212Section : ISourceSection
{
    private const string DefaultTemplate = "station-" + StationDirectory.NumberPlaceholder;

    /// <summary>A station connects when it has something to say, or says something every minute.</summary>
    private const long DefaultLoginMs = 120_000;
    private const long ShortestLoginMs = 100;
    private const long LongestLoginMs = 3_600_000;

    private static readonly KeyValuePair<string, bool>[] UnknownWords = [new("refuse", false), new("accept", true)];
    private static readonly KeyValuePair<string, bool>[] AuthWords = [new("password", true), new("none", false)];

    public void Read(IReadOnlyList<YamlMap> files, SourceCatalog catalog)
    {
        foreach (var map in files.SelectMany(file => file.Maps(Hj212Protocol.Name, "an hj212 source")))
        {
            if (Read(map) is { } source)
            {
                catalog.Add(source);
            }
        }
    }

    private static Hj212Definition? Read(YamlMap map)
    {
        var name = map.RequiredString("name");
        var listen = map.Listen(Hj212Protocol.Name, name);
        var template = Template(map);
        var acceptUnknown = map.Choice("unknown", false, UnknownWords);
        var needsPassword = map.Choice("auth", true, AuthWords);
        var passwordFile = map.String("password_file");
        var stations = StationReading.Read(map);
        var factors = FactorReading.Read(map);
        var loginMs = map.DurationMs("login_timeout", DefaultLoginMs, ShortestLoginMs, LongestLoginMs);
        map.Finish();
        var isSafe = StationReading.CheckPasswords(map, stations, needsPassword, passwordFile, acceptUnknown);
        CheckExposure(map, listen, acceptUnknown, needsPassword);
        return name is null || listen is null || !isSafe ? null : new Hj212Definition
        {
            Protocol = Hj212Protocol.Name,
            Name = name,
            Spot = map.Spot,
            Fingerprint = CanonicalText.Of([.. map.Keys.Select(key => map.Node(key.Text))]) + string.Join(',', map.Keys.Select(key => key.Text)),
            Listen = listen,
            DeviceTemplate = template,
            AcceptUnknown = acceptUnknown,
            PasswordFile = needsPassword ? passwordFile : null,
            Stations = needsPassword ? stations : [.. stations.Select(station => station with { PasswordFile = null })],
            Factors = factors,
            LoginTimeout = TimeSpan.FromMilliseconds(loginMs),
        };
    }

    private static string Template(YamlMap map)
    {
        var template = map.String("device", DefaultTemplate)!;
        if (!template.Contains(StationDirectory.NumberPlaceholder, StringComparison.Ordinal) || !DeviceIdText.IsValid(template))
        {
            map.Diagnostics.Error(
                map.SpotOf("device"), DiagnosticCodes.InvalidValue, $"'{template}' does not make an id of each station number", $"{StationDirectory.NumberPlaceholder} in {DeviceIdText.Expected}");
        }

        return template;
    }

    /// <summary>What others than this machine reach must not be open to everybody.</summary>
    private static void CheckExposure(YamlMap map, TcpSourceOptions? listen, bool acceptUnknown, bool needsPassword)
    {
        if (listen is null || listen.IsLoopback())
        {
            return;
        }

        if (acceptUnknown)
        {
            map.Diagnostics.Error(
                map.SpotOf("unknown"), DiagnosticCodes.Conflict, $"any station could report to {listen.EndPoint}", "unknown: refuse beyond loopback, and a list of stations");
        }

        if (!needsPassword)
        {
            map.Diagnostics.Error(
                map.SpotOf("auth"), DiagnosticCodes.Conflict, $"anybody who knows a station's number could report to {listen.EndPoint}", "auth: password beyond loopback");
        }
    }
}
