using System.Security.Cryptography;
using System.Text;
using Fengsui.Api.Security;
using Fengsui.Devices.RuleSets;

namespace Fengsui.Api.Endpoints;

/// <summary>The id of what a request brings into the journal.</summary>
internal static class IdempotencyId
{
    public const string Header = "Idempotency-Key";

    public const int MaxLength = 128;

    private static readonly object Item = new();

    /// <summary>What was asked under the key, as it is compared with what was asked under it before.</summary>
    public static void SetDigest(HttpContext context, byte[] digest) => context.Items[Item] = Convert.ToHexStringLower(digest);

    /// <summary>The request as a change of the rules records it.</summary>
    public static RuleSetCommand CommandOf(HttpContext context) =>
        context.Items.TryGetValue(Item, out var digest) ? new RuleSetCommand(Of(context), (string)digest!) : RuleSetCommand.None;

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
