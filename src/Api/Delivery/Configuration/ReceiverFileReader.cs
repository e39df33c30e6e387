using Fengsui.Api.Configuration.Binding;
using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Rules;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Delivery.Configuration;

/// <summary>Reads <c>receivers.yaml</c>: who is told, and the routes that say of what. Every mistake is found at once.</summary>
internal static class ReceiverFileReader
{
    private const int MaxNameLength = 64;

    private static readonly IReceiverSection[] Sections = [new WebhookSection(), new EmailSection(), new FileSection(), new MqttSection()];

    private static readonly SortedDictionary<string, string> NoLabels = new(StringComparer.Ordinal);

    /// <param name="text">Null when there is no such file: then nobody is told.</param>
    /// <param name="bridges">Names of the bridges; null when they are not known.</param>
    public static ReceiverCatalog Read(string path, string? text, SecretReader secrets, IReadOnlyCollection<string>? bridges = null)
    {
        var bag = new DiagnosticBag();
        if (text is null || YamlDocument.Load(path, text, bag) is not { } root || YamlMap.Of(root, "the file of receivers", bag) is not { } file)
        {
            return new ReceiverCatalog([], Router.Empty, bag.ToSortedList());
        }

        var receivers = Receivers(file, secrets);
        var names = receivers.Select(receiver => receiver.Name).ToArray();
        var routes = RouteReader.Read(file, names);
        var missing = CanaryMissing(file, names);
        CheckBridges(file, receivers, bridges);
        file.Finish();
        if (bag.HasErrors)
        {
            return new ReceiverCatalog([], Router.Empty, bag.ToSortedList());
        }

        var router = new Router(names, routes);
        if (receivers.Count > 0)
        {
            WarnOfSilence(file, router);
        }

        return new ReceiverCatalog(receivers, router, bag.ToSortedList()) { CanaryMissing = missing };
    }

    private static List<ReceiverDefinition> Receivers(YamlMap file, SecretReader secrets)
    {
        var found = new SortedDictionary<string, ReceiverDefinition>(StringComparer.Ordinal);
        var node = file.Node("receivers") as YamlSequence;
        foreach (var (index, map) in file.Maps("receivers", "a receiver").Index())
        {
            var name = Name(map);
            var kind = map.RequiredString("type");
            if (kind is null || Array.Find(Sections, section => section.Kind == kind) is not { } section)
            {
                var kinds = Sections.Select(section => section.Kind).ToArray();
                if (kind is not null)
                {
                    map.Diagnostics.Error(map.SpotOf("type"), DiagnosticCodes.InvalidValue, $"there is no type of receiver '{kind}'{NearMiss.Hint(kind, kinds)}", "one of " + string.Join(", ", kinds));
                }

                continue;
            }

            var receiver = section.Read(map, name ?? "", CanonicalText.Of(node!.Items[index]), secrets);
            map.Finish();
            if (name is not null && !found.TryAdd(name, receiver))
            {
                map.Diagnostics.Error(map.SpotOf("name"), DiagnosticCodes.DuplicateName, $"receiver '{name}' is declared already", "another name");
            }
        }

        if (found.Count > Router.MaxReceivers)
        {
            file.Diagnostics.Error(file.SpotOf("receivers"), DiagnosticCodes.OutOfRange, $"there are {found.Count} receivers", $"at most {Router.MaxReceivers}");
        }

        return [.. found.Values];
    }

    private static void CheckBridges(YamlMap file, List<ReceiverDefinition> receivers, IReadOnlyCollection<string>? bridges)
    {
        foreach (var receiver in receivers.OfType<MqttDefinition>())
        {
            if (receiver.Bridge is { } bridge && bridges?.Contains(bridge) == false)
            {
                file.Diagnostics.Error(receiver.BridgeSpot, DiagnosticCodes.UnknownName, $"there is no bridge '{bridge}'{NearMiss.Hint(bridge, bridges)}", "the name of one of the bridges in sources/; left out: our own endpoint");
            }
        }
    }

    /// <summary>Told past routes and queues.</summary>
    private static List<string> CanaryMissing(YamlMap file, string[] names)
    {
        var wanted = file.StringOrList("canary_missing");
        foreach (var name in wanted.Where(name => !names.Contains(name)))
        {
            file.Diagnostics.Error(file.SpotOf("canary_missing"), DiagnosticCodes.UnknownName, $"there is no receiver '{name}'{NearMiss.Hint(name, names)}", "the name of a receiver of this file");
        }

        return [.. wanted.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Names become names of files, and words of commands.</summary>
    private static string? Name(YamlMap map)
    {
        var name = map.RequiredString("name");
        if (name is not null && (name.Length > MaxNameLength || name[0] == '-' || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')))
        {
            map.Diagnostics.Error(map.SpotOf("name"), DiagnosticCodes.InvalidValue, $"'{name}' cannot name a receiver", $"small letters, digits and -, at most {MaxNameLength}");
            return null;
        }

        return name;
    }

    /// <summary>An alert somewhere that nobody thought of must still reach somebody.</summary>
    private static void WarnOfSilence(YamlMap file, Router router)
    {
        var silent = TierNames.All.Where(name => TierNames.TryParse(name, out var tier) && router.Reached(Anywhere(tier)).Count == 0).ToArray();
        if (silent.Length > 0)
        {
            file.Diagnostics.Warning(
                file.SpotOf("routes"), DiagnosticCodes.MissingKey, $"an alert of {string.Join(", ", silent)} that no condition on zone, device, rule or label fits reaches nobody", "a last route without such conditions");
        }
    }

    private static RouteFacts Anywhere(Tier tier) => new(tier, Tier.None, "firing", "", "", "", "", NoLabels, [], IsHeld: false);
}
