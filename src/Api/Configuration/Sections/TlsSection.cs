namespace Fengsui.Api.Configuration.Sections;

/// <summary>The server's certificate. Without one there is no TLS listener.</summary>
public sealed class TlsSection
{
    /// <summary>PEM file of the certificate and its chain, or a PKCS #12 file (<c>.pfx</c>, <c>.p12</c>). Relative to the configuration directory.</summary>
    public string? Certificate { get; internal set; }

    /// <summary>PEM file of the private key; not used with PKCS #12.</summary>
    public string? Key { get; internal set; }

    /// <summary>File whose first line is the key's password, so that the password itself stands in no configuration.</summary>
    public string? PasswordFile { get; internal set; }

    /// <summary>Whether the HTTP endpoint speaks TLS too.</summary>
    public bool Http { get; internal set; }

    public bool IsConfigured => Certificate is not null;
}
