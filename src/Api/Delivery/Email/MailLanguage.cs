namespace Fengsui.Api.Delivery.Email;

/// <summary>In which language a mail is written.</summary>
internal enum MailLanguage : byte
{
    Both,
    Chinese,
    English,
}
