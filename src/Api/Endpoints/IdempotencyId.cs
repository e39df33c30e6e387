using System.Security.Cryptography;
using System.Text;
using Fengsui.Api.Security;

namespace Fengsui.Api.Endpoints;

/// <summary>The id of what a request brings into the journal.</summary>
internal static class IdempotencyId
{
    public const string Header = "Idempotency-Key";

    public const int MaxLength = 128;

    /// <summary>
    /// A function of caller, path and key when the request has an <c>Idempotency-Key</c>: the journal then knows a repeat, whatever became of this
    /// process meanwhile. A new one otherwise.
    /// </summary>
    public static string Of(HttpContext context)
    {
        var key = context.Request.Headers[Header].ToString();
        if (key.Length == 0)
        {
            return Guid.NewGuid().ToString("N");
        }

        var text = $"{Caller.Of(context).Person}\n{context.Request.Method} {context.Request.Path}\n{key}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
