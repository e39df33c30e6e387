namespace Fengsui.Api.Delivery.Email;

/// <summary>The server did not do what a command asked.</summary>
/// <param name="isPermanent">Whether it will not take this mail later either.</param>
internal sealed class SmtpException(string message, bool isPermanent) : Exception(message)
{
    public bool IsPermanent => isPermanent;
}
