using Microsoft.AspNetCore.WebUtilities;

namespace Fengsui.Api.Endpoints;

/// <summary>Errors as <c>application/problem+json</c> (RFC 9457): the status, its phrase, and a sentence that says what to do.</summary>
public static class Problem
{
    public const string ContentType = "application/problem+json; charset=utf-8";

    public static Task WriteAsync(HttpContext context, int status, string detail) =>
        Json.WriteAsync(
            context,
            status,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("type", "about:blank");
                json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
                json.WriteNumber("status", status);
                json.WriteString("detail", detail);
                json.WriteString("instance", context.Request.Path.Value);
                json.WriteEndObject();
            },
            ContentType);
}
