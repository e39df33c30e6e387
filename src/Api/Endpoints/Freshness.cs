using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Fengsui.Api.Endpoints;

/// <summary>Entity tags: what a caller already has is not sent again.</summary>
internal static class Freshness
{
    /// <summary>Tags the answer by its content, unless the endpoint tagged it by its version, and answers 304 when the caller names that tag.</summary>
    public static bool IsKnown(HttpContext context, int status, ReadOnlySpan<byte> body)
    {
        var headers = context.Response.Headers;
        if (StateTag.Of(context) is { } state && status is StatusCodes.Status200OK or StatusCodes.Status201Created)
            headers.ETag = state.And(TagOf(body));
        if (status != StatusCodes.Status200OK || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
        {
            return false;
        }

        if (headers.ETag.Count == 0)
            headers.ETag = TagOf(body);

        // Who asks decides what is in it.
        headers.Vary = HeaderNames.Authorization;
        if (!Names(context.Request.Headers.IfNoneMatch, headers.ETag.ToString()))
        {
            return false;
        }

        headers.CacheControl = "no-store";
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    /// <summary>The tag of a numbered version.</summary>
    public static string TagOf(int version) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>
    /// The version that a command is about, from <c>If-Match</c>. False when the header is missing (null) or is not one version in quotes.
    /// </summary>
    public static bool TryReadVersion(HttpRequest request, out int? version)
    {
        version = null;
        var text = request.Headers.IfMatch.ToString().Trim();
        if (text.Length == 0)
        {
            return false;
        }

        var isVersion = int.TryParse(text.Trim('"'), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number);
        version = isVersion ? number : -1;
        return isVersion;
    }

    private static string TagOf(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return '"' + Base64Url.EncodeToString(hash[..12]) + '"';
    }

    private static bool Names(Microsoft.Extensions.Primitives.StringValues header, string tag) =>
        header.Count > 0 && EntityTagHeaderValue.TryParseList(header, out var tags) && tags.Any(known => known.Tag == "*" || known.Tag == tag);
}
