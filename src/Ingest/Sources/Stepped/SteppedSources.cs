using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Ingest.Sources.Tcp;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fengsui.Ingest.Sources.Stepped;

/// <summary>
/// Field protocols without a network, over a journal in memory: the same decoders, sessions and answers, on the caller's thread. A source
/// that polls, or that only a server can run, cannot be had this way.
/// </summary>
public sealed class SteppedSources
{
    private readonly Dictionary<(string Protocol, string Source), ITcpProtocol> _protocols = [];
    private readonly SourceContext _context;

    /// <param name="intake">Over a <see cref="SandboxJournal"/>.</param>
    /// <param name="time">The clock of time-outs.</param>
    /// <param name="configDirectory">What names of secret files are relative to.</param>
    public SteppedSources(TelemetryIntake intake, TimeProvider time, string configDirectory) =>
        _context = new SourceContext(intake, time, NullLoggerFactory.Instance) { ConfigDirectory = configDirectory };

    /// <exception cref="NotSupportedException">A source of this protocol needs a server.</exception>
    /// <exception cref="IOException">A secret cannot be read.</exception>
    public void Open(SourceDefinition source) => source.OpenStepped(_context, this);

    /// <summary>A peer connects to a listener.</summary>
    /// <exception cref="KeyNotFoundException">No source of this name was opened, or it does not listen.</exception>
    public SteppedPeer Connect(string protocol, string source) =>
        new(_protocols[(protocol, source)], _context.Book.Add(protocol, source, "stepped"));

    internal void Listen(string protocol, string source, ITcpProtocol listener) => _protocols.Add((protocol, source), listener);
}
