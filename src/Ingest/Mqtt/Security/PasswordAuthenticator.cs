namespace Fengsui.Ingest.Mqtt.Security;

/// <summary>
/// Users with hashed passwords. An unknown user costs as much time as a wrong password. At most <see cref="MaxConcurrentChecks"/> hashes are
/// computed at once and <see cref="MaxWaitingChecks"/> wait; more are told to come back, so that a storm of logins cannot take the processors.
/// </summary>
public sealed class PasswordAuthenticator : IMqttAuthenticator, IDisposable
{
    public const int MaxConcurrentChecks = 1;
    public const int MaxWaitingChecks = 256;

    private readonly Dictionary<string, PasswordHash> _users;
    private readonly bool _allowAnonymous;
    private readonly PasswordHash _decoy;
    private readonly SemaphoreSlim _checks = new(MaxConcurrentChecks);
    private int _waiting;

    public PasswordAuthenticator(IReadOnlyDictionary<string, PasswordHash> users, bool allowAnonymous)
    {
        _users = new Dictionary<string, PasswordHash>(users, StringComparer.Ordinal);
        _allowAnonymous = allowAnonymous;
        _decoy = _users.Count > 0 ? _users.Values.First() : PasswordHash.Create("decoy"u8);
    }

    public async ValueTask<AuthenticationResult> AuthenticateAsync(string clientId, string? userName, ReadOnlyMemory<byte> password, CancellationToken cancellation)
    {
        if (userName is null) return new(_allowAnonymous ? AuthenticationOutcome.Accepted : AuthenticationOutcome.NotAuthorized, null);
        if (Interlocked.Increment(ref _waiting) > MaxWaitingChecks)
        {
            Interlocked.Decrement(ref _waiting);
            return new(AuthenticationOutcome.Busy, null);
        }
        try
        {
            return await CheckAsync(userName, password, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _checks.Dispose();

    private async Task<AuthenticationResult> CheckAsync(string userName, ReadOnlyMemory<byte> password, CancellationToken cancellation)
    {
        var known = _users.TryGetValue(userName, out var hash);
        await _checks.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var matches = await Task.Run(() => (hash ?? _decoy).Verify(password.Span), cancellation).ConfigureAwait(false);
            return known && matches ? new(AuthenticationOutcome.Accepted, userName) : new(AuthenticationOutcome.BadUserNameOrPassword, null);
        }
        finally
        {
            _checks.Release();
        }
    }
}
