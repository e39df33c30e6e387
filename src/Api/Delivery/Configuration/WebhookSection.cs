using System.Text;
using Fengsui.Api.Configuration.Binding;
using Fengsui.Api.Delivery.Webhooks;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Delivery.Configuration;

/// <summary>Reads receivers of <c>type: webhook</c>.</summary>
internal sealed class WebhookSection : IReceiverSection
{
    /// <summary>Some MB of JSON.</summary>
    private const int MaxBatch = 5000;

    private const int MinSecretLength = 16;

    private static readonly KeyValuePair<string, WebhookMode>[] Modes =
        [new("structured", WebhookMode.Structured), new("binary", WebhookMode.Binary), new("batch", WebhookMode.Batch)];

    public string Kind => "webhook";

    public ReceiverDefinition Read(YamlMap map, string name, string fingerprint, SecretReader secrets)
    {
        var url = Url(map);
        var mode = map.Choice("mode", WebhookMode.Structured, Modes);
        var batch = map.Integer("batch", mode == WebhookMode.Batch ? 200 : 1, 1, MaxBatch);
        if (batch > 1 && mode != WebhookMode.Batch)
        {
            map.Diagnostics.Error(map.SpotOf("batch"), DiagnosticCodes.Conflict, "'batch' has no effect in this mode", "mode: batch");
        }

        var secret = secrets.ReadKept(map, "secret");
        if (secret is { Text.Length: < MinSecretLength })
        {
            map.Diagnostics.Error(secret.Value.Spot, DiagnosticCodes.OutOfRange, "the secret is too short to sign with", $"at least {MinSecretLength} characters");
        }

        var token = secrets.ReadKept(map, "token");
        var options = new WebhookOptions
        {
            Url = url,
            Mode = mode,
            Terms = TermsReader.Read(map, new ReceiverTerms()) with { MaxBatch = batch },
            Secret = secret is { } given ? Encoding.UTF8.GetBytes(given.Text) : null,
            Token = token?.Text,
            AuthorityFile = TermsReader.Authority(map, secrets),
        };
        if (options.AuthorityFile is not null && url.Scheme != Uri.UriSchemeHttps)
        {
            map.Diagnostics.Error(map.SpotOf("ca_file"), DiagnosticCodes.Conflict, "'ca_file' has no effect without encryption", "a url that begins with https://");
        }

        return new WebhookDefinition(options) { Name = name, Spot = map.Spot, Fingerprint = TermsReader.WithSecrets(fingerprint, secret?.Text, token?.Text, TermsReader.TextOf(options.AuthorityFile)) };
    }

    private static Uri Url(YamlMap map)
    {
        var mayBeClear = map.Boolean("allow_http", false);
        var text = map.RequiredString("url");
        if (text is not null && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url!.UserInfo.Length == 0)
        {
            if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback && !mayBeClear)
            {
                map.Diagnostics.Error(map.SpotOf("url"), DiagnosticCodes.InvalidValue, "alerts would leave this machine in clear text", "https://, or allow_http: true in a network of your own");
            }

            return url;
        }

        if (text is not null)
        {
            map.Diagnostics.Error(map.SpotOf("url"), DiagnosticCodes.InvalidValue, "'url' is not an address that can be used; a password goes under 'token_file'", "https://HOST[:PORT]/PATH");
        }

        return new Uri("https://invalid.invalid");
    }
}
