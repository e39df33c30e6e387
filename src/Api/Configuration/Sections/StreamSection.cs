namespace Fengsui.Api.Configuration.Sections;

/// <summary>Server-sent event streams.</summary>
public sealed class StreamSection
{
    /// <summary>Clients at once, over all streams; further ones are answered 503.</summary>
    public int MaxClients { get; internal set; } = 256;

    /// <summary>Events that wait for one client. A client that falls further behind is disconnected, and resumes with <c>Last-Event-ID</c>.</summary>
    public int MaxQueued { get; internal set; } = 1024;

    /// <summary>A comment this often keeps proxies from closing a quiet stream: most give up after 30 to 60 s.</summary>
    public TimeSpan Heartbeat { get; internal set; } = TimeSpan.FromSeconds(15);
}
