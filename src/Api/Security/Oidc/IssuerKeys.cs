using System.Text.Json;
using Fengsui.Api.Configuration.Sections;

namespace Fengsui.Api.Security.Oidc;

/// <summary>
/// The issuer's keys, fetched when they are needed and kept for a time. A token with an unknown key makes them be fetched again, but not more often than
/// once in <see cref="LeastAge"/>: whoever sends nonsense does not make us ask the issuer each time. Keys that cannot be renewed stay good for a while.
/// </summary>
internal sealed class IssuerKeys(OidcSection options, HttpClient http, TimeProvider time) : IDisposable
{
    /// <summary>Bound on what is read of the issuer.</summary>
    private const int MaxBytes = 256 << 10;

    private static readonly TimeSpan LeastAge = TimeSpan.FromSeconds(30);

    /// <summary>An issuer that is away for longer than this can no longer be believed to know its keys.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile KeySet? _keys;
    private DateTimeOffset _asked = DateTimeOffset.MinValue;

    /// <summary>The keys that may have signed a token with this key id; null when the issuer cannot be asked.</summary>
    public async ValueTask<IReadOnlyList<JsonWebKey>?> FindAsync(string? id, CancellationToken cancellation)
    {
        var known = _keys;
        if (known is null || time.GetUtcNow() - known.Fetched >= options.KeysFor || Matching(known, id).Count == 0)
        {
            await RenewAsync(known, cancellation);
            known = _keys;
        }

        return known is null || time.GetUtcNow() - known.Fetched >= options.KeysFor + Grace ? null : Matching(known, id);
    }

    public void Dispose() => _one.Dispose();

    private static List<JsonWebKey> Matching(KeySet set, string? id) => [.. set.Keys.Where(key => id is null || key.Id == id)];

    private async Task RenewAsync(KeySet? seen, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (!ReferenceEquals(seen, _keys) || time.GetUtcNow() - _asked < LeastAge)
            {
                return;
            }

            _asked = time.GetUtcNow();

            // Not the caller's patience: who comes next wants the keys, too.
            using var patience = new CancellationTokenSource(options.Timeout, time);
            var address = options.JwksUri ?? await DiscoverAsync(patience.Token);
            _keys = new KeySet(JsonWebKey.ReadSet(await GetAsync(address, patience.Token)), _asked);
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException or JsonException or IOException or InvalidDataException)
        {
            LastFault = away.Message;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Why keys could not be fetched last; empty when they could always.</summary>
    public string LastFault { get; private set; } = "";

    private async Task<Uri> DiscoverAsync(CancellationToken cancellation)
    {
        var json = await GetAsync(new Uri(options.Issuer.TrimEnd('/') + "/.well-known/openid-configuration"), cancellation);
        using var document = JsonDocument.Parse(json);
        var isOurs = document.RootElement.TryGetProperty("issuer", out var issuer) && issuer.ValueEquals(options.Issuer);
        return isOurs && document.RootElement.TryGetProperty("jwks_uri", out var text) && Uri.TryCreate(text.GetString(), UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback)
            ? uri
            : throw new InvalidDataException("the issuer's discovery document is of another issuer, or names no jwks_uri over https");
    }

    private async Task<byte[]> GetAsync(Uri address, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
        answer.EnsureSuccessStatusCode();
        using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[MaxBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return length <= MaxBytes ? buffer[..length] : throw new InvalidDataException($"{address} has more than {MaxBytes} bytes");
    }

    private sealed record KeySet(IReadOnlyList<JsonWebKey> Keys, DateTimeOffset Fetched);
}
