using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Bridge.Configuration;

/// <summary>Reads <c>bridges:</c>, a list of outside brokers.</summary>
internal sealed class BridgeSection : ISourceSection
{
    private const int Port = 1883;
    private const int TlsPort = 8883;
    private const long MaxExpiryMs = 365L * 24 * 3600 * 1000;

    private static readonly KeyValuePair<string, MqttVersion>[] Versions = [new("3.1.1", MqttVersion.V311), new("5.0", MqttVersion.V5)];

    public void Read(IReadOnlyList<YamlMap> files, SourceCatalog catalog)
    {
        foreach (var file in files)
        {
            var node = file.Node("bridges");
            foreach (var (bridge, index) in file.Maps("bridges", "a bridge").Select((bridge, index) => (bridge, index)))
            {
                Read(bridge, ((YamlSequence)node!).Items[index], catalog);
            }
        }
    }

    private static void Read(YamlMap bridge, YamlNode node, SourceCatalog catalog)
    {
        var name = bridge.RequiredString("name");
        var server = Server(bridge);
        var routes = bridge.Maps("subscribe", "a subscription").Select(Route).ToList();
        var prefix = Prefix(bridge);
        var user = bridge.String("user");
        var passwordFile = bridge.String("password_file");
        var authority = bridge.String("ca_file");
        var options = new BridgeOptions
        {
            Name = name ?? "",
            Host = server?.Host ?? "",
            Port = server?.Port ?? 0,
            IsTls = server?.IsTls ?? false,
            AuthorityFile = authority,
            Version = bridge.Choice("version", MqttVersion.V5, Versions),
            ClientId = bridge.String("client_id", $"fengsui-{name}")!,
            User = user,
            PasswordFile = passwordFile,
            SessionExpiry = TimeSpan.FromMilliseconds(bridge.DurationMs("session_expiry", (long)TimeSpan.FromDays(7).TotalMilliseconds, 0, MaxExpiryMs)),
            Routes = [.. routes.OfType<BridgeRoute>()],
            AlertPrefix = prefix,
        };
        if (passwordFile is not null && user is null)
        {
            bridge.Diagnostics.Error(bridge.SpotOf("password_file"), DiagnosticCodes.MissingKey, "there is a password but no 'user'", "user");
        }

        if (authority is not null && server is { IsTls: false })
        {
            bridge.Diagnostics.Error(bridge.SpotOf("ca_file"), DiagnosticCodes.InvalidValue, "'ca_file' has no effect without encryption", "a server that begins with mqtts://");
        }

        if (routes.Count == 0 && prefix is null)
        {
            bridge.Diagnostics.Warning(bridge.Spot, DiagnosticCodes.MissingKey, "the bridge does nothing unless a receiver of type mqtt names it", "subscribe, publish_alerts or both; or 'bridge' of a receiver in receivers.yaml");
        }

        bridge.Finish();
        if (name is not null)
        {
            catalog.Add(new BridgeDefinition(options) { Protocol = BridgeOptions.Protocol, Name = name, Spot = bridge.Spot, Fingerprint = CanonicalText.Of(node) });
        }
    }

    private static (string Host, int Port, bool IsTls)? Server(YamlMap bridge)
    {
        if (bridge.RequiredString("server") is not { } text)
        {
            return null;
        }

        var isAddress = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "mqtt" or "mqtts" && uri!.Host.Length > 0 && uri.AbsolutePath is "/" or "";
        if (!isAddress || uri!.UserInfo.Length > 0)
        {
            bridge.Diagnostics.Error(bridge.SpotOf("server"), DiagnosticCodes.InvalidValue, "'server' is not an address that can be used; a user goes under 'user'", "mqtt://HOST[:1883] or mqtts://HOST[:8883]");
            return null;
        }

        var isTls = uri.Scheme == "mqtts";
        return (uri.Host, uri.IsDefaultPort || uri.Port < 0 ? isTls ? TlsPort : Port : uri.Port, isTls);
    }

    private static BridgeRoute? Route(YamlMap subscription)
    {
        var filter = subscription.RequiredString("filter");
        var share = subscription.String("share");
        var qos = (byte)subscription.Integer("qos", 1, 0, 2);
        var (remove, add) = (subscription.String("remove_prefix", "")!, subscription.String("add_prefix", "")!);
        subscription.Finish();
        if (share is not null && share.AsSpan().IndexOfAny("/+#") >= 0)
        {
            subscription.Diagnostics.Error(subscription.SpotOf("share"), DiagnosticCodes.InvalidValue, $"'{share}' cannot name a share", "a name without / + #");
        }

        if (filter is null || !TopicPattern.TryParse(filter, out var pattern))
        {
            if (filter is not null)
            {
                subscription.Diagnostics.Error(subscription.SpotOf("filter"), DiagnosticCodes.InvalidValue, $"'{filter}' is no topic filter", TopicPattern.Expected);
            }

            return null;
        }

        return new BridgeRoute(pattern!, share, qos, remove, add);
    }

    private static string? Prefix(YamlMap bridge)
    {
        var prefix = bridge.String("publish_alerts");
        if (prefix is not null && (prefix.Length == 0 || prefix.AsSpan().IndexOfAny("+#$") >= 0 || prefix.EndsWith('/') || prefix.StartsWith('/')))
        {
            bridge.Diagnostics.Error(bridge.SpotOf("publish_alerts"), DiagnosticCodes.InvalidValue, $"'{prefix}' cannot begin a topic", "levels such as fengsui/alerts");
        }

        return prefix;
    }
}
