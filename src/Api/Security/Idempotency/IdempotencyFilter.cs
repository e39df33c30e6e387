using System.Security.Cryptography;
using System.Text;
using Fengsui.Api.Endpoints;
using Fengsui.Api.OpenApi;

namespace Fengsui.Api.Security.Idempotency;

/// <summary>Gives a command that comes again under the same <c>Idempotency-Key</c> the same answer, and does it once.</summary>
internal sealed class IdempotencyFilter(IdempotencyStore store)
{
    /// <summary>Answers that are larger are not kept; commands' answers are small.</summary>
    private const int MaxAnswerBytes = 256 << 10;

    public async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var given = context.Request.Headers[IdempotencyId.Header];
        if (given.Count == 0 || RouteOperation.Of(context.GetEndpoint()) is not { TakesIdempotencyKey: true })
        {
            await next(context);
            return;
        }

        var key = given.ToString();
        if (given.Count > 1 || key.Length is 0 or > IdempotencyId.MaxLength || !key.All(letter => letter is > ' ' and <= '~'))
        {
            await Problem.WriteAsync(context, ProblemTypes.BadRequest, $"Idempotency-Key must be 1 to {IdempotencyId.MaxLength} visible ASCII characters");
            return;
        }

        // Buffered within http.max_request_bytes, which holds while it is read.
        context.Request.EnableBuffering(bufferThreshold: 1 << 20);
        var fingerprint = await FingerprintAsync(context);
        IdempotencyId.SetDigest(context, fingerprint);
        var owned = $"{Caller.Of(context).Person}\n{key}";
        switch (store.Begin(owned, fingerprint, out var answer))
        {
            case IdempotencyVerdict.Repeat:
                await RepeatAsync(context, answer!);
                break;
            case IdempotencyVerdict.InProgress:
                context.Response.Headers.RetryAfter = "1";
                await Problem.WriteAsync(context, ProblemTypes.IdempotencyInProgress, "the first request under this key has not been answered yet");
                break;
            case IdempotencyVerdict.Reused:
                await Problem.WriteAsync(context, ProblemTypes.IdempotencyKeyReused, "this key came with another method, path, version or body before: take a new one");
                break;
            default:
                await AnswerAsync(context, next, owned);
                break;
        }
    }

    private async Task AnswerAsync(HttpContext context, RequestDelegate next, string owned)
    {
        StoredAnswer? kept = null;
        var body = context.Response.Body;
        using var copy = new MemoryStream();
        try
        {
            context.Response.Body = copy;
            await next(context);
            context.Response.Body = body;
            var response = context.Response;

            // What may go better the next time is not kept: the key is free for that.
            if (response.StatusCode < StatusCodes.Status500InternalServerError && response.StatusCode != StatusCodes.Status429TooManyRequests && copy.Length <= MaxAnswerBytes)
                kept = new StoredAnswer(response.StatusCode, response.ContentType, response.Headers.ETag, copy.ToArray());
        }
        finally
        {
            context.Response.Body = body;
            store.End(owned, kept);
        }

        copy.Position = 0;
        await copy.CopyToAsync(body, context.RequestAborted);
    }

    private static Task RepeatAsync(HttpContext context, StoredAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.Headers.ETag = answer.ETag;
        response.Headers.CacheControl = "no-store";
        response.Headers["Idempotency-Replayed"] = "true";
        response.ContentLength = answer.Body.Length;
        return response.Body.WriteAsync(answer.Body, context.RequestAborted).AsTask();
    }

    private static async Task<byte[]> FingerprintAsync(HttpContext context)
    {
        var request = context.Request;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{request.Headers.IfMatch}\n{request.ContentType}\n"));
        var buffer = new byte[16 << 10];
        while (await request.Body.ReadAsync(buffer, context.RequestAborted) is var read and > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}
