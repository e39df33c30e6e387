using System.Security.Cryptography;
using Fengsui.Devices.Audit;

namespace Fengsui.Api.Security;

/// <summary>Puts on record who tried to change the rules and may not: a refused rule set is on record whatever it was refused for.</summary>
/// <param name="journal">Null until the audit log is open.</param>
internal sealed class DeniedChanges(Func<IAccessJournal?> journal)
{
    /// <summary>How much of a body is looked at; whoever may not change the rules need not be read to the end.</summary>
    private const int MaxHashedBytes = 8 << 20;

    public async Task RecordAsync(HttpContext context, Permission permission, Caller caller)
    {
        if (permission == Permission.ChangeRules && journal() is { } record)
        {
            record.Record(new AccessAttempt(
                caller.Author, string.Join(',', RoleNames.Of(caller.Roles)), $"{context.Request.Method} {context.Request.Path}", "rule-set",
                IsJoint: false, IsGranted: false, $"the permission {permission.Name()} is missing; {await DescribeAsync(context)}"));
        }
    }

    private static async Task<string> DescribeAsync(HttpContext context)
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[16 << 10];
            var length = 0;
            while (length < MaxHashedBytes && await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is var read and > 0)
            {
                hash.AppendData(buffer, 0, read);
                length += read;
            }

            return $"the body's {(length < MaxHashedBytes ? "" : "first ")}{length} bytes have the sha256 {Convert.ToHexStringLower(hash.GetHashAndReset())}";
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException or BadHttpRequestException)
        {
            return "the body did not come whole";
        }
    }
}
