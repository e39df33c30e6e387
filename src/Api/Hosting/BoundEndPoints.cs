using System.Net;

namespace Fengsui.Api.Hosting;

/// <summary>Where the server really listens, with ports that were picked.</summary>
public sealed record BoundEndPoints(IPEndPoint Mqtt, IPEndPoint? Mqtts, IPEndPoint Http, string HttpScheme)
{
    /// <summary>The line that scripts wait for.</summary>
    public string StartupLine =>
        $"listening mqtt={Mqtt} http={Http}" + (Mqtts is null ? "" : $" mqtts={Mqtts}");

    /// <summary>For callers on this machine.</summary>
    public Uri HttpAddress => new($"{HttpScheme}://{(Http.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, Http.Port) : Http)}");
}
