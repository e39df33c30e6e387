using System.Text;

namespace Fengsui.Api.Delivery.Email;

/// <summary>Brings one mail to a server: EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, QUIT.</summary>
internal sealed class SmtpDialogue(EmailOptions options)
{
    private const string Hello = "EHLO [127.0.0.1]";

    /// <exception cref="SmtpException">The server refused.</exception>
    /// <exception cref="IOException">The connection failed.</exception>
    /// <returns>The server's last word.</returns>
    public async Task<string> DeliverAsync(ReadOnlyMemory<byte> mail, CancellationToken cancellation)
    {
        await using var connection = new SmtpConnection();
        await connection.ConnectAsync(options, cancellation);
        Require(await connection.ReadAsync(cancellation), "the greeting");
        var abilities = await HelloAsync(connection, cancellation);
        if (options.Tls == SmtpTls.Required)
        {
            if (!abilities.Any(ability => ability.Equals("STARTTLS", StringComparison.OrdinalIgnoreCase)))
            {
                throw new SmtpException("the server offers no STARTTLS, and nothing is sent in clear text", isPermanent: false);
            }

            Require(await connection.SendAsync("STARTTLS", cancellation), "STARTTLS");
            await connection.EncryptAsync(options, cancellation);
            abilities = await HelloAsync(connection, cancellation);
        }

        if (options.User is not null)
        {
            await LogInAsync(connection, abilities, cancellation);
        }

        Require(await connection.SendAsync($"MAIL FROM:<{options.From}>", cancellation), "MAIL FROM");
        foreach (var to in options.To)
        {
            Require(await connection.SendAsync($"RCPT TO:<{to}>", cancellation), $"RCPT TO {to}");
        }

        Require(await connection.SendAsync("DATA", cancellation), "DATA");
        await connection.WriteAsync(DotStuffing.Of(mail.Span), cancellation);
        var taken = await connection.ReadAsync(cancellation);
        Require(taken, "the mail");
        await QuitAsync(connection, cancellation);
        return taken.ToString();
    }

    private static async Task<IReadOnlyList<string>> HelloAsync(SmtpConnection connection, CancellationToken cancellation)
    {
        var reply = await connection.SendAsync(Hello, cancellation);
        Require(reply, "EHLO");
        return reply.Lines;
    }

    private async Task LogInAsync(SmtpConnection connection, IReadOnlyList<string> abilities, CancellationToken cancellation)
    {
        var ways = abilities.FirstOrDefault(ability => ability.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase))?.ToUpperInvariant().Split(' ', '=') ?? [];
        if (ways.Contains("PLAIN"))
        {
            Require(await connection.SendAsync("AUTH PLAIN " + Base64($"\0{options.User}\0{options.Password}"), cancellation), "the login", isLogin: true);
        }
        else if (ways.Contains("LOGIN"))
        {
            Require(await connection.SendAsync("AUTH LOGIN", cancellation), "the login", isLogin: true);
            Require(await connection.SendAsync(Base64(options.User!), cancellation), "the login", isLogin: true);
            Require(await connection.SendAsync(Base64(options.Password!), cancellation), "the login", isLogin: true);
        }
        else
        {
            throw new SmtpException("the server offers neither AUTH PLAIN nor AUTH LOGIN", isPermanent: false);
        }
    }

    /// <summary>The mail is taken; how the connection ends changes nothing.</summary>
    private static async Task QuitAsync(SmtpConnection connection, CancellationToken cancellation)
    {
        try
        {
            await connection.SendAsync("QUIT", cancellation);
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException)
        {
            return;
        }
    }

    /// <summary>A login that fails says nothing about the mail.</summary>
    private static void Require(SmtpReply reply, string what, bool isLogin = false)
    {
        if (!reply.IsGood)
        {
            throw new SmtpException($"{what}: {reply}", reply.IsPermanent && !isLogin);
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
