using Fengsui.Api.Security.Views;

namespace Fengsui.Api.Security.Approval;

/// <summary>
/// The requests for joint data and what became of them. Bounded; what is over is forgotten first. Kept in a file, which is written before a
/// decision counts, so that a restart neither loses an approval nor brings one back that was ended.
/// </summary>
internal sealed class AccessBook(AccessFile file, TimeProvider time)
{
    /// <summary>Requests that are remembered.</summary>
    public const int MaxRequests = 1000;

    /// <summary>Requests of one person that wait for an answer.</summary>
    public const int MaxOpenOfPerson = 10;

    /// <summary>A request that nobody answers is over after this.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>The longest access that can be given at a time.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromHours(8);

    private readonly Lock _lock = new();
    private AccessRequest[] _requests = file.Read();

    /// <summary>Another one after each change.</summary>
    public object Version => Volatile.Read(ref _requests);

    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Newest first.</summary>
    public IReadOnlyList<AccessRequest> All => [.. Volatile.Read(ref _requests).Reverse()];

    public AccessRequest? Find(string id) => Array.Find(Volatile.Read(ref _requests), request => request.Id == id);

    /// <summary>What is open to a person now.</summary>
    public IReadOnlyList<AccessGrant> GrantsOf(string person)
    {
        var requests = Volatile.Read(ref _requests);
        if (requests.Length == 0 || person.Length == 0)
        {
            return [];
        }

        var now = NowMs;
        return
        [
            .. requests.Where(request => request.Person == person && request.State == AccessState.Approved && now < request.UntilMs)
                .Select(request => new AccessGrant(request.Id, request.Person, request.Zone, request.DecidedBy, request.UntilMs)),
        ];
    }

    /// <summary>Adds a request, unless one of its id is there: that one then. Null when there are too many.</summary>
    public AccessRequest? Ask(AccessRequest request)
    {
        lock (_lock)
        {
            if (Find(request.Id) is { } known)
            {
                return known;
            }

            var now = NowMs;
            var kept = _requests.ToList();
            if (kept.Count(other => other.Person == request.Person && other.StateAt(now) == AccessState.Asked) >= MaxOpenOfPerson)
            {
                return null;
            }

            // The oldest that is over makes room.
            if (kept.Count >= MaxRequests && (kept.FindIndex(other => other.StateAt(now) is not (AccessState.Asked or AccessState.Approved)) is var over and >= 0))
            {
                kept.RemoveAt(over);
            }

            if (kept.Count >= MaxRequests)
            {
                return null;
            }

            Keep([.. kept, request]);
            return request;
        }
    }

    /// <summary>Changes a request; null, and no change, when it is not in the state that the change is for.</summary>
    public AccessRequest? Decide(string id, AccessState from, Func<AccessRequest, long, AccessRequest> decide)
    {
        lock (_lock)
        {
            var now = NowMs;
            var at = Array.FindIndex(_requests, request => request.Id == id && request.StateAt(now) == from);
            if (at < 0)
            {
                return null;
            }

            var requests = _requests.ToArray();
            requests[at] = decide(requests[at], now);
            Keep(requests);
            return requests[at];
        }
    }

    private void Keep(AccessRequest[] requests)
    {
        file.Write(requests);
        Volatile.Write(ref _requests, requests);
    }
}
