using Fengsui.Api.Configuration.Binding;
using Fengsui.Api.Delivery.Email;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Delivery.Configuration;

/// <summary>Reads receivers of <c>type: email</c>.</summary>
internal sealed class EmailSection : IReceiverSection
{
    private const int SubmissionPort = 587;
    private const int ImplicitTlsPort = 465;
    private const int MaxBatch = 1000;

    private static readonly KeyValuePair<string, MailLanguage>[] Languages =
        [new("both", MailLanguage.Both), new("zh", MailLanguage.Chinese), new("en", MailLanguage.English)];

    /// <summary>A flood is told in digests: one mail at a time, and ten seconds of quiet between two.</summary>
    private static readonly ReceiverTerms Defaults = new() { MaxInFlight = 1, MaxBatch = 100, Timeout = TimeSpan.FromSeconds(60), MinInterval = TimeSpan.FromSeconds(10), GiveUpAfter = TimeSpan.FromMinutes(30) };

    public string Kind => "email";

    public ReceiverDefinition Read(YamlMap map, string name, string fingerprint, SecretReader secrets)
    {
        var server = Server(map);
        var password = secrets.ReadKept(map, "password");
        var terms = Defaults with
        {
            Timeout = TermsReader.Duration(map, "timeout", Defaults.Timeout, 1000, 600_000),
            MaxBatch = map.Integer("digest", Defaults.MaxBatch, 1, MaxBatch),
            MinInterval = TermsReader.Duration(map, "interval", Defaults.MinInterval, 0, 3_600_000),
            GiveUpAfter = TermsReader.Duration(map, "give_up_after", Defaults.GiveUpAfter, 0, 86_400_000),
        };
        var options = new EmailOptions
        {
            Host = server?.Host ?? "",
            Port = server?.Port ?? 0,
            Tls = server?.Tls ?? SmtpTls.Required,
            From = Address(map, "from", map.RequiredString("from")) ?? "",
            To = [.. map.StringOrList("to").Select(to => Address(map, "to", to)).OfType<string>()],
            Language = map.Choice("language", MailLanguage.Both, Languages),
            Terms = terms,
            User = map.String("user"),
            Password = password?.Text,
            AuthorityFile = TermsReader.Authority(map, secrets),
        };
        Check(map, options);
        return new EmailDefinition(options) { Name = name, Spot = map.Spot, Fingerprint = TermsReader.WithSecrets(fingerprint, password?.Text, TermsReader.TextOf(options.AuthorityFile)) };
    }

    private static void Check(YamlMap map, EmailOptions options)
    {
        if (!map.Has("to"))
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, "the mails go to nobody", "to: [NAME@HOST]");
        }

        if (options.User is null != options.Password is null)
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, "a login needs both a user and a password", "user and password_file, or neither");
        }

        if (options is { Tls: SmtpTls.None, User: not null } && !IsLoopback(options.Host))
        {
            map.Diagnostics.Error(map.SpotOf("server"), DiagnosticCodes.InvalidValue, "the password would leave this machine in clear text", "a server without clear_text: true");
        }
    }

    private static (string Host, int Port, SmtpTls Tls)? Server(YamlMap map)
    {
        var isClear = map.Boolean("clear_text", false);
        if (map.RequiredString("server") is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0 || uri.UserInfo.Length > 0 || uri.AbsolutePath is not ("/" or ""))
        {
            map.Diagnostics.Error(map.SpotOf("server"), DiagnosticCodes.InvalidValue, "'server' is not an address that can be used; a user goes under 'user'", "smtp://HOST[:587] for STARTTLS, or smtps://HOST[:465]");
            return null;
        }

        var isImplicit = uri.Scheme == "smtps";
        var port = uri.Port > 0 && !(uri.IsDefaultPort && uri.Port == 25) ? uri.Port : isImplicit ? ImplicitTlsPort : SubmissionPort;
        return (uri.Host, port, isImplicit ? SmtpTls.Implicit : isClear ? SmtpTls.None : SmtpTls.Required);
    }

    /// <summary>An address as it stands in a command: without names, spaces, brackets.</summary>
    private static string? Address(YamlMap map, string key, string? text)
    {
        if (text is null)
        {
            return null;
        }

        var at = text.LastIndexOf('@');
        if (at > 0 && at < text.Length - 1 && text.All(letter => letter is > ' ' and <= '~' and not ('<' or '>' or ',' or ';' or '"')))
        {
            return text;
        }

        map.Diagnostics.Error(map.SpotOf(key), DiagnosticCodes.InvalidValue, $"'{text}' is not an address", "NAME@HOST");
        return null;
    }

    private static bool IsLoopback(string host) => host == "localhost" || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));
}
