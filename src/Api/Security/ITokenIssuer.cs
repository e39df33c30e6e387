namespace Fengsui.Api.Security;

/// <summary>Knows the bearer tokens of an outside issuer.</summary>
internal interface ITokenIssuer
{
    ValueTask<Identity> IdentifyAsync(string token, CancellationToken cancellation);
}
