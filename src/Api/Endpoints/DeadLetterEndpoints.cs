using System.Globalization;
using System.Text.Json;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/dead-letters</c> and <c>/dead-letters/{id}</c>: inputs that were refused, with the reason.</summary>
internal static class DeadLetterEndpoints
{
    /// <summary>Newest first, without their bytes; <c>?state=</c>, <c>?reason=</c>, <c>?source=</c>, <c>?topic=</c> (a prefix), <c>?from=</c>, <c>?to=</c> restrict.</summary>
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
        if (Find(context, engine) is not { } letter)
        {
            return NotFoundAsync(context);
        }

        return Json.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            WriteFields(json, letter);
            json.WriteBase64String("payload_base64", letter.Letter.Payload);
            json.WriteString("payload_text", TextOf(letter.Letter.Payload));
            json.WriteEndObject();
        });
    }

    /// <summary>The letter of the path; null when there is none.</summary>
    public static StoredDeadLetter? Find(HttpContext context, DeviceEngine engine) =>
        long.TryParse((string)context.Request.RouteValues["id"]!, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? engine.DeadLetters.Get(id) : null;

    public static Task NotFoundAsync(HttpContext context) => Problem.WriteAsync(context, StatusCodes.Status404NotFound, "there is no dead letter of this id");

    /// <summary>Null when it is no text.</summary>
    private static string? TextOf(byte[] payload)
    {
        if (!System.Text.Unicode.Utf8.IsValid(payload))
        {
            return null;
        }

        var text = System.Text.Encoding.UTF8.GetString(payload);
        return text.All(letter => letter is '\n' or '\r' or '\t' || !char.IsControl(letter)) ? text : null;
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
        if (Text(request, "state") is { } state && !DeadLetterStates.All.Contains(state))
        {
            mistake = $"state must be one of {string.Join(", ", DeadLetterStates.All)}";
            return false;
        }

        if (!TryTime(request, "from", out var from) || !TryTime(request, "to", out var to))
        {
            mistake = $"from and to must be {QueryTime.Expected}";
            return false;
        }

        filter = new DeadLetterFilter
        {
            Reason = Text(request, "reason"),
            Source = Text(request, "source"),
            State = Text(request, "state"),
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
        json.WriteString("state", stored.Decision?.State ?? DeadLetterStates.Open);
        json.WriteString("decided_by", stored.Decision?.Actor);
        json.WriteString("note", stored.Decision?.Note);
        json.WriteTime("decided", stored.Decision?.TimeMs);
    }
}
