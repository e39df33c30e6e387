using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fengsui.Api.Security.Views;

namespace Fengsui.Api.Endpoints;

/// <summary>Writes a JSON answer with a <see cref="Utf8JsonWriter"/>: complete, with its length, before the first byte leaves.</summary>
public static class Json
{
    public const string ContentType = "application/json; charset=utf-8";

    // Answers are JSON documents, never pasted into HTML: Chinese text may stay readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON that is there already.</summary>
    public static async Task WriteRawAsync(HttpContext context, byte[] json)
    {
        if (Freshness.IsKnown(context, StatusCodes.Status200OK, json))
        {
            return;
        }

        context.Response.ContentType = ContentType;
        context.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }

    public static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write, string contentType = ContentType)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        await CallerView.Of(context).DiscloseAsync(context);
        if (Freshness.IsKnown(context, status, buffer.WrittenSpan))
        {
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = buffer.WrittenCount;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        }
    }
}
