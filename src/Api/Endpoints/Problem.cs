namespace Fengsui.Api.Endpoints;

/// <summary>Errors as <c>application/problem+json</c> (RFC 9457): what kind of error, and a sentence that says what to do.</summary>
public static class Problem
{
    public const string ContentType = "application/problem+json; charset=utf-8";

    public static Task WriteAsync(HttpContext context, int status, string detail) => WriteAsync(context, ProblemTypes.Of(status), detail);

    public static Task WriteAsync(HttpContext context, ProblemType type, string detail) =>
        Json.WriteAsync(
            context,
            type.Status,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("type", type.Uri);
                json.WriteString("title", type.Title);
                json.WriteNumber("status", type.Status);
                json.WriteString("detail", detail);
                json.WriteString("instance", context.Request.Path.Value);
                json.WriteEndObject();
            },
            ContentType);
}
