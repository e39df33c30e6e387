using System.Globalization;
using System.Text.Json;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/dead-letters</c> and <c>/dead-letters/{id}</c>: inputs that were refused, with the reason.</summary>
internal static class DeadLetterEndpoints
{
    /// <summary>Newest first, without their bytes; <c>?reason=</c>, <c>?source=</c>, <c>?topic=</c> (a prefix), <c>?from=</c>, <c>?to=</c> restrict.</summary>
    public static Task ListAsync(HttpContext context, DeviceEngine engine)
    {
        if (!TryRead(context.Request, out var page, out var filter, out var mistake))
        {
            return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
        }

        return Listing.WriteAsync(context, page, engine.DeadLetters.List(filter), KeyOf, (json, letter) =>
        {
            json.WriteStartObject();
            WriteFields(json, letter);
            json.WriteEndObject();
        });
    }

    /// <summary>One letter with its bytes in base64.</summary>
    public static Task ShowAsync(HttpContext context, DeviceEngine engine)
    {
        var isId = long.TryParse((string)context.Request.RouteValues["id"]!, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        if (!isId || engine.DeadLetters.Get(id) is not { } letter)
        {
            return Problem.WriteAsync(context, StatusCodes.Status404NotFound, "there is no dead letter of this id");
        }

        return Json.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            WriteFields(json, letter);
            json.WriteBase64String("payload_base64", letter.Letter.Payload);
            json.WriteEndObject();
        });
    }

    private static bool TryRead(HttpRequest request, out Page page, out DeadLetterFilter filter, out string mistake)
    {
        filter = new DeadLetterFilter();
        if (!Page.TryRead(request, out page, out mistake))
        {
            return false;
        }

        // The store's own bound leaves room for the one more that tells whether there is a next page.
        page = page with { Limit = Math.Min(page.Limit, DeadLetterFilter.MaxLimit - 1) };
        if (!TryTime(request, "from", out var from) || !TryTime(request, "to", out var to))
        {
            mistake = $"from and to must be {QueryTime.Expected}";
            return false;
        }

        filter = new DeadLetterFilter
        {
            Reason = Text(request, "reason"),
            Source = Text(request, "source"),
            TopicPrefix = Text(request, "topic"),
            FromMs = from,
            ToMs = to,
            BeforeId = long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null,
            Limit = page.Limit + 1,
        };
        return true;
    }

    private static string KeyOf(StoredDeadLetter letter) => letter.Id.ToString(CultureInfo.InvariantCulture);

    private static string? Text(HttpRequest request, string name) =>
        request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    private static bool TryTime(HttpRequest request, string name, out long? epochMs)
    {
        epochMs = null;
        if (Text(request, name) is not { } text)
        {
            return true;
        }

        var isTime = QueryTime.TryParse(text, out var parsed);
        epochMs = parsed;
        return isTime;
    }

    private static void WriteFields(Utf8JsonWriter json, StoredDeadLetter stored)
    {
        var letter = stored.Letter;
        json.WriteNumber("id", stored.Id);
        json.WriteTime("time", letter.TimeMs);
        json.WriteString("reason", letter.Reason);
        json.WriteString("protocol", letter.Protocol);
        json.WriteString("source", letter.Source);
        json.WriteString("topic", letter.Topic);
        json.WriteNumber("length", letter.OriginalLength);
        json.WriteBoolean("truncated", letter.IsTruncated);
        json.WriteNumber("position", letter.JournalPosition);
    }
}
