using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Api.Delivery.Email;

/// <summary>Where mails go, and how.</summary>
internal sealed class EmailOptions
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required SmtpTls Tls { get; init; }

    public required string From { get; init; }

    public required IReadOnlyList<string> To { get; init; }

    public required MailLanguage Language { get; init; }

    public required ReceiverTerms Terms { get; init; }

    /// <summary>Null for a server that wants no login.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    public string? AuthorityFile { get; init; }
}
