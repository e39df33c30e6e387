using Fengsui.Api.Security.Views;

namespace Fengsui.Api.Configuration.Sections;

/// <summary>The HTTP endpoint: who may call it and how much it holds for them.</summary>
public sealed class HttpSection
{
    /// <summary>Bearer keys. When there is one, every call but <c>/healthz</c>, <c>/ping</c> and <c>/health</c> needs one, on loopback too (a proxy may stand in front).</summary>
    public IReadOnlyList<ApiKeyEntry> Keys { get; internal set; } = [];

    /// <summary>Wrong credentials that one address may give in a minute before it is told to wait.</summary>
    public int MaxFailedLogins { get; internal set; } = 20;

    /// <summary>Names by which callers may address the server on loopback besides localhost; keeps web pages from reaching it by DNS rebinding.</summary>
    public IReadOnlyList<string> AllowedHosts { get; internal set; } = [];

    /// <summary>Open HTTP connections, counted apart from MQTT's.</summary>
    public int MaxConnections { get; internal set; } = 1000;

    /// <summary>The API takes small JSON bodies only.</summary>
    public long MaxRequestBytes { get; internal set; } = 1 << 20;

    /// <summary>From request to last byte, streams excepted.</summary>
    public TimeSpan RequestTimeout { get; internal set; } = TimeSpan.FromSeconds(30);

    /// <summary>Until the request's headers are complete.</summary>
    public TimeSpan HeaderTimeout { get; internal set; } = TimeSpan.FromSeconds(10);

    /// <summary>Idle connections are closed after this.</summary>
    public TimeSpan KeepAlive { get; internal set; } = TimeSpan.FromMinutes(2);

    /// <summary>An outside issuer whose tokens are taken; null without.</summary>
    public OidcSection? Oidc { get; internal set; }

    /// <summary>Which fields are of which kind, where the defaults do not fit.</summary>
    public IReadOnlyDictionary<DataClasses, IReadOnlyList<string>> Fields { get; internal set; } = new Dictionary<DataClasses, IReadOnlyList<string>>();

    public StreamSection Streams { get; } = new();
}
