using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Fengsui.Api.Endpoints;

/// <summary>
/// One page of a listing: <c>?limit=100&amp;cursor=…</c>. The cursor is opaque to callers; within it stands the key of the
/// last item of the page before, so that a page stays right while items come and go.
/// </summary>
public readonly record struct Page(int Limit, string? After)
{
    public const int DefaultLimit = 100;

    /// <summary>Bound on a page: some hundred KiB of JSON.</summary>
    public const int MaxLimit = 1000;

    /// <summary>False with a sentence for the caller when a parameter is not valid.</summary>
    public static bool TryRead(HttpRequest request, out Page page, out string mistake)
    {
        page = default;
        mistake = string.Empty;
        var limit = DefaultLimit;
        var limitText = request.Query["limit"].ToString();
        if (limitText.Length > 0
            && (!int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            mistake = $"limit must be a whole number from 1 to {MaxLimit}";
            return false;
        }

        var cursor = request.Query["cursor"].ToString();
        if (cursor.Length > 0 && !Base64Url.IsValid(cursor))
        {
            mistake = "cursor must be the 'next' of an earlier answer";
            return false;
        }

        page = new Page(limit, cursor.Length == 0 ? null : Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)));
        return true;
    }

    /// <summary>The cursor for the page that follows the item with this key.</summary>
    public static string Cursor(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));
}
