namespace Fengsui.Api.Delivery.Email;

/// <summary>How a connection to a mail server is encrypted.</summary>
internal enum SmtpTls : byte
{
    /// <summary>STARTTLS, or nothing is sent.</summary>
    Required,

    /// <summary>Encrypted from the first byte (RFC 8314).</summary>
    Implicit,

    /// <summary>In clear text; a user's password is never sent this way beyond this machine.</summary>
    None,
}
