using Fengsui.Devices.Engine;
using Fengsui.Ingest.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fengsui.Api.Endpoints;

/// <summary>A request that brings readings, from its body to what became of it.</summary>
internal static class WriteRequest
{
    /// <summary>How long the journal may take before the caller is told to come again; less than <c>http.request_timeout</c>.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string Soon = "1";
    private const string Later = "5";

    /// <summary>Says no in the words that this kind of caller understands.</summary>
    public delegate Task Refusal(HttpContext context, int status, string code, string message);

    /// <summary>Takes the body and stores it. Null when it has been answered.</summary>
    public static async Task<WriteOutcome?> TakeAsync(
        HttpContext context, DeviceEngine engine, HttpIntake intake, Func<HttpWriter, Task<WriteOutcome>> store, Refusal refuse)
    {
        if (context.Request.Headers.ContainsKey("Origin"))
        {
            // A page of another site can send text without asking; programs send no origin.
            await refuse(context, StatusCodes.Status403Forbidden, "forbidden", "web pages may not write here");
            return null;
        }

        if (engine.JournalLog.Health is { IsFailing: true })
        {
            context.Response.Headers.RetryAfter = Later;
            await refuse(context, StatusCodes.Status503ServiceUnavailable, "unavailable", "the journal cannot be written at present; see /readyz");
            return null;
        }

        if (intake.TryBegin() is not { } writer)
        {
            context.Response.Headers.RetryAfter = Soon;
            await refuse(context, StatusCodes.Status429TooManyRequests, "too many requests", $"at most {HttpIntake.MaxRequests} writes at a time");
            return null;
        }

        Task work = Task.CompletedTask;
        try
        {
            var fault = await ReadAsync(context, writer);
            if (fault != BodyFault.None)
            {
                await RefuseAsync(context, writer, fault, refuse);
                return null;
            }

            var storing = store(writer);
            work = storing;
            return await storing.WaitAsync(Patience, context.RequestAborted);
        }
        catch (TimeoutException)
        {
            context.Response.Headers.RetryAfter = Later;
            await refuse(context, StatusCodes.Status503ServiceUnavailable, "unavailable", "the journal is behind; a repeat is recognised");
            return null;
        }
        finally
        {
            intake.End(writer, work);
        }
    }

    private static ValueTask<BodyFault> ReadAsync(HttpContext context, HttpWriter writer)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var request = context.Request;
        return request.ContentLength > writer.MaxBodyBytes
            ? ValueTask.FromResult(BodyFault.TooLarge)
            : writer.ReadAsync(request.Body, request.Headers.ContentEncoding.ToString(), context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, HttpWriter writer, BodyFault fault, Refusal refuse) => fault switch
    {
        BodyFault.TooLarge => TooLargeAsync(context, writer, refuse),
        BodyFault.UnknownEncoding => refuse(context, StatusCodes.Status415UnsupportedMediaType, "invalid", "Content-Encoding must be gzip or none"),
        _ => refuse(context, StatusCodes.Status400BadRequest, "invalid", "the body is not gzip"),
    };

    private static Task TooLargeAsync(HttpContext context, HttpWriter writer, Refusal refuse)
    {
        // What is still on its way is not read.
        context.Response.Headers.Connection = "close";
        return refuse(context, StatusCodes.Status413PayloadTooLarge, "request too large", $"a body may have {writer.MaxBodyBytes} bytes, unpacked; send less at a time");
    }
}
