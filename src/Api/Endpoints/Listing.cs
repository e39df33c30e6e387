using System.Text.Json;

namespace Fengsui.Api.Endpoints;

/// <summary>The form of every listing: <c>{"items":[…],"next":cursor or null}</c>.</summary>
internal static class Listing
{
    /// <param name="found">What follows the page's cursor, in order; at most one more than the page's limit is looked at.</param>
    /// <param name="keyOf">The text that stands for an item in a cursor.</param>
    public static Task WriteAsync<T>(
        HttpContext context, Page page, IEnumerable<T> found, Func<T, string> keyOf, Action<Utf8JsonWriter, T> write)
    {
        var items = found.Take(page.Limit + 1).ToArray();
        var hasMore = items.Length > page.Limit;
        var shown = hasMore ? items[..^1] : items;
        return Json.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var item in shown)
            {
                write(json, item);
            }

            json.WriteEndArray();
            json.WriteString("next", hasMore ? Page.Cursor(keyOf(shown[^1])) : null);
            json.WriteEndObject();
        });
    }
}
