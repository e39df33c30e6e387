using Fengsui.Api.Configuration.Sections;

namespace Fengsui.Api.Hosting;

/// <summary>
/// Settings that the runtime reads when the first socket opens; apply them before. Inline completions run a socket's
/// continuation on the thread that polled it, which saves a hand-over for each read.
/// </summary>
internal static class SocketSettings
{
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    public static void Apply(ServerSection server)
    {
        // What the operator set for the runtime stands.
        if (server.InlineScheduling && Environment.GetEnvironmentVariable(InlineCompletions) is null)
            Environment.SetEnvironmentVariable(InlineCompletions, "1");
    }
}
