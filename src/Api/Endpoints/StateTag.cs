using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Fengsui.Api.Endpoints;

/// <summary>
/// The tag of something that people change and that has no version number: its state, the same for everybody, then what of it this caller was shown.
/// <c>If-Match</c> looks at the first part, <c>If-None-Match</c> at both. The state is hashed with a key of this process, since some of it is not for
/// everybody's eyes and could be guessed; after a restart a tag is old, and its owner looks again.
/// </summary>
internal sealed class StateTag
{
    private const char Seam = '.';

    private static readonly object Item = new();
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    private readonly string _state;

    private StateTag(string state) => _state = state;

    public static StateTag? Of(HttpContext context) => context.Items.TryGetValue(Item, out var tag) ? (StateTag)tag! : null;

    /// <summary>The answer is about something in this state.</summary>
    /// <param name="state">Everything that a change of it changes, and no time.</param>
    public static void Set(HttpContext context, string state) => context.Items[Item] = new StateTag(HashOf(state));

    /// <summary>
    /// Whether a change may go on: true when <c>If-Match</c> names the state that is there now. Otherwise it has been answered: 412, or 428 when the header is
    /// missing and needed. <c>*</c> names any state, and is for programs that are the truth themselves.
    /// </summary>
    /// <param name="state">As it is now; null when there is nothing yet.</param>
    public static async Task<bool> PermitsAsync(HttpContext context, string? state, bool isNeeded)
    {
        var header = context.Request.Headers.IfMatch;
        if (header.Count == 0 || header.ToString().Length == 0)
        {
            if (isNeeded)
            {
                await Problem.WriteAsync(context, ProblemTypes.VersionMissing, "it is there already: name what you have seen, If-Match with the ETag of GET, or If-Match: * to replace whatever is there");
            }

            return !isNeeded;
        }

        if (!EntityTagHeaderValue.TryParseStrictList(header, out var tags))
        {
            await Problem.WriteAsync(context, ProblemTypes.BadRequest, "If-Match must be tags in quotes, or *");
            return false;
        }

        var now = state is null ? null : HashOf(state);
        if (now is not null && tags.Any(tag => tag.Tag == "*" || (!tag.IsWeak && tag.Tag.ToString().Trim('"').Split(Seam)[0] == now)))
        {
            return true;
        }

        await Problem.WriteAsync(context, ProblemTypes.VersionConflict, now is null ? "there is nothing of this name any more, or not yet" : "it has changed since you looked: look again, and decide again");
        return false;
    }

    /// <summary>Together with the tag of what is shown.</summary>
    public string And(string shown) => $"\"{_state}{Seam}{shown.Trim('"')}\"";

    private static string HashOf(string state) => Base64Url.EncodeToString(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(state)).AsSpan(0, 12));
}
