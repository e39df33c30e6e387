namespace Fengsui.Api.Delivery.Email;

/// <summary>A server's answer to one command.</summary>
/// <param name="Lines">Texts without the code.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsGood => Code is >= 200 and < 400;

    /// <summary>The same mail will not be taken later either.</summary>
    public bool IsPermanent => Code >= 500;

    public override string ToString() => $"{Code} {string.Join(' ', Lines)}";
}
