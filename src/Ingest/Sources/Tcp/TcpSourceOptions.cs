using System.Net;

namespace Fengsui.Ingest.Sources.Tcp;

/// <summary>Where a source listens, and how much it admits.</summary>
/// <param name="Protocol"><c>jt808</c>…</param>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="EndPoint">Port 0 takes a free one.</param>
/// <param name="MaxConnections">One more is closed at once, and counted.</param>
/// <param name="IdleTimeout">A peer of whom nothing whole is heard for so long is closed.</param>
internal sealed record TcpSourceOptions(string Protocol, string Name, IPEndPoint EndPoint, int MaxConnections, TimeSpan IdleTimeout);
