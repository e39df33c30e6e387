using System.Text.Json;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Endpoints;

/// <summary>The JSON object of a request, field by field. Every mistake is collected, so that the caller hears of all at once.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>Bound on the characters of a text.</summary>
    public const int MaxText = 256;

    /// <summary>Bound on the items of a list.</summary>
    public const int MaxItems = 64;

    private readonly JsonDocument _document;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<string> _mistakes = [];

    private RequestBody(JsonDocument document) => _document = document;

    /// <summary>As <see cref="ReadAsync"/>; nothing at all stands for an object without fields.</summary>
    public static Task<RequestBody?> ReadOptionalAsync(HttpContext context) =>
        context.Request is { ContentLength: null or 0, ContentType: null } && !context.Request.Headers.ContainsKey("Transfer-Encoding")
            ? Task.FromResult<RequestBody?>(new RequestBody(JsonDocument.Parse("{}")))
            : ReadAsync(context);

    /// <summary>Null when the body is no JSON object; that has been answered then.</summary>
    public static async Task<RequestBody?> ReadAsync(HttpContext context)
    {
        // A page of another site can send text and forms without asking, but not this.
        if (!context.Request.HasJsonContentType())
        {
            await Problem.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "send JSON: Content-Type: application/json");
            return null;
        }

        try
        {
            var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            if (document.RootElement.ValueKind == JsonValueKind.Object && IsReadable(document.RootElement))
            {
                return new RequestBody(document);
            }

            document.Dispose();
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "the body must be one JSON object, its texts whole Unicode characters");
        }
        catch (JsonException mistake)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"the body is not JSON: line {mistake.LineNumber + 1}, byte {mistake.BytePositionInLine + 1}");
        }

        return null;
    }

    /// <summary>A text without control characters, not empty; "" when it is not given and need not be.</summary>
    public string Text(string name, bool isRequired = true)
    {
        if (Field(name) is not { } field)
        {
            return isRequired ? Mistake(name, "is missing", "") : "";
        }

        return field.ValueKind == JsonValueKind.String && IsText(field.GetString()!)
            ? field.GetString()!
            : Mistake(name, $"must be a text of 1 to {MaxText} printable characters", "");
    }

    /// <summary>A text of several lines; "" when it is not given.</summary>
    public string Lines(string name, int maxLength)
    {
        if (Field(name) is not { } field)
        {
            return "";
        }

        return field.ValueKind == JsonValueKind.String && field.GetString() is { } text && text.Length <= maxLength && text.All(letter => letter is '\n' or '\r' or '\t' || !char.IsControl(letter))
            ? text
            : Mistake(name, $"must be a text of at most {maxLength} characters", "");
    }

    /// <summary>Bytes in base64; null when they are not given.</summary>
    public byte[]? Base64(string name, int maxBytes)
    {
        if (Field(name) is not { } field)
        {
            return null;
        }

        return field.ValueKind == JsonValueKind.String && field.TryGetBytesFromBase64(out var bytes) && bytes.Length <= maxBytes
            ? bytes
            : Mistake<byte[]?>(name, $"must be at most {maxBytes} bytes in base64", null);
    }

    /// <summary>A length of time such as <c>30m</c>.</summary>
    public TimeSpan Duration(string name, TimeSpan otherwise, TimeSpan most)
    {
        if (Field(name) is not { } field)
        {
            return otherwise;
        }

        return field.ValueKind == JsonValueKind.String && DurationText.TryParse(field.GetString()!, out var ms) && ms > 0 && ms <= most.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(ms)
            : Mistake(name, $"must be {DurationText.Expected}, at most {DurationText.Format((long)most.TotalMilliseconds)}", otherwise);
    }

    public bool Truth(string name, bool otherwise) => Field(name) is null ? otherwise : Truth(name);

    /// <summary>A list of texts; empty when it is not given.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (Field(name) is not { } field)
        {
            return [];
        }

        var isList = field.ValueKind == JsonValueKind.Array && field.GetArrayLength() <= MaxItems
            && field.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && IsText(item.GetString()!));
        return isList ? [.. field.EnumerateArray().Select(item => item.GetString()!)] : Mistake<string[]>(name, $"must be a list of at most {MaxItems} texts", []);
    }

    /// <summary>Numbers by name; empty when they are not given.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Numbers(string name)
    {
        if (Field(name) is not { } field)
        {
            return [];
        }

        var isMap = field.ValueKind == JsonValueKind.Object && field.EnumerateObject().Count() <= MaxItems
            && field.EnumerateObject().All(item => IsText(item.Name) && IsNumber(item.Value));
        return isMap
            ? [.. field.EnumerateObject().Select(item => KeyValuePair.Create(item.Name, item.Value.GetDouble()))]
            : Mistake<KeyValuePair<string, double>[]>(name, $"must be an object of at most {MaxItems} numbers", []);
    }

    /// <summary>A number that is not negative; null when it is not given.</summary>
    public double? Amount(string name, bool isRequired = true)
    {
        if (Field(name) is not { } field)
        {
            return isRequired ? Mistake<double?>(name, "is missing", null) : null;
        }

        return IsNumber(field) && field.GetDouble() >= 0 ? field.GetDouble() : Mistake<double?>(name, "must be a number from 0", null);
    }

    /// <summary>Whether a field is true; false when it is not given.</summary>
    public bool HasTruth(string name) => Field(name) is not null && Truth(name);

    public bool Truth(string name) => Field(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } field
        ? field.GetBoolean()
        : Mistake(name, "must be true or false", false);

    /// <summary>ISO 8601 or milliseconds since 1970; <paramref name="otherwise"/> when it is not given.</summary>
    public long Time(string name, long? otherwise)
    {
        var time = otherwise ?? 0;
        if (Field(name) is not { } field)
        {
            return otherwise is null ? Mistake(name, "is missing", time) : time;
        }

        return QueryTime.TryParse(field.ValueKind == JsonValueKind.String ? field.GetString()! : field.GetRawText(), out time)
            ? time
            : Mistake(name, "must be " + QueryTime.Expected, time);
    }

    /// <summary>A mistake that only the caller of this class can see.</summary>
    public T Mistake<T>(string name, string what, T otherwise)
    {
        _mistakes.Add($"{name} {what}");
        return otherwise;
    }

    /// <summary>True when everything is right; otherwise it has been answered.</summary>
    public async Task<bool> IsRightAsync(HttpContext context)
    {
        foreach (var field in _document.RootElement.EnumerateObject().Where(field => !_asked.Contains(field.Name)))
        {
            _mistakes.Add($"{field.Name} is not known{NearMiss.Hint(field.Name, _asked)}");
        }

        if (_mistakes.Count == 0)
        {
            return true;
        }

        await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, string.Join("; ", _mistakes));
        return false;
    }

    public void Dispose() => _document.Dispose();

    /// <summary>JSON can name half a character by its number, which no text can hold.</summary>
    private static bool IsReadable(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString() is not null,
                JsonValueKind.Array => element.EnumerateArray().All(IsReadable),
                JsonValueKind.Object => element.EnumerateObject().All(field => field.Name is not null && IsReadable(field.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsText(string text) => text.Length is > 0 and <= MaxText && !text.Any(char.IsControl);

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble());

    /// <summary>Null also for what is written as null.</summary>
    private JsonElement? Field(string name)
    {
        _asked.Add(name);
        return _document.RootElement.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? field : null;
    }
}
