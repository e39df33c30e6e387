using Fengsui.Api.Security.Views;

namespace Fengsui.Api.Security.Approval;

/// <summary>What is open to one person, as of each look: a stream that was opened before an approval shows what it opens, and no more once it is over. One request's.</summary>
internal sealed class LiveGrants(AccessBook book, string person)
{
    private object? _seen;
    private long _untilMs;
    private IReadOnlyList<AccessGrant> _grants = [];

    public IReadOnlyList<AccessGrant> Current
    {
        get
        {
            var version = book.Version;
            if (!ReferenceEquals(version, _seen) || (_grants.Count > 0 && book.NowMs >= _untilMs))
            {
                (_seen, _grants) = (version, book.GrantsOf(person));
                _untilMs = _grants.Count > 0 ? _grants.Min(grant => grant.UntilMs) : 0;
            }

            return _grants;
        }
    }
}
