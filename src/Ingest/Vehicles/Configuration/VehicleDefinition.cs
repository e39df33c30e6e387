using System.Text;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Ingest.Sources.Stepped;
using Fengsui.Ingest.Sources.Tcp;
using Fengsui.Ingest.Vehicles.Reports;
using Fengsui.Ingest.Vehicles.Sessions;

namespace Fengsui.Ingest.Vehicles.Configuration;

/// <summary>One listener for JT/T 808 terminals.</summary>
internal sealed class VehicleDefinition : SourceDefinition
{
    public required TcpSourceOptions Listen { get; init; }

    public required string DeviceTemplate { get; init; }

    public required bool AcceptUnknown { get; init; }

    public required bool IsRegistrationOpen { get; init; }

    /// <summary>Codes are derived from what it holds; null when terminals need none, or have each their own.</summary>
    public required string? SecretFile { get; init; }

    public required StatusBits CargoDoors { get; init; }

    public required TimeSpan LoginTimeout { get; init; }

    public required IReadOnlyList<TerminalFact> Terminals { get; init; }

    /// <exception cref="IOException">A secret cannot be read; it is tried again.</exception>
    internal override ISource Open(SourceContext context) => new TcpSource(Listen, Speak(context), context.Book, context.Time);

    internal override void OpenStepped(SourceContext context, SteppedSources sources) => sources.Listen(Protocol, Name, Speak(context));

    private VehicleProtocol Speak(SourceContext context)
    {
        var secret = SecretFile is { } file ? Sources.SecretFile.Read(context.ConfigDirectory, file) : null;
        var known = Terminals.ToDictionary(terminal => terminal.Phone, terminal => Make(terminal, secret, context.ConfigDirectory));
        var directory = new TerminalDirectory(known, AcceptUnknown, DeviceTemplate, secret);
        var options = new SessionOptions(Encoding.UTF8.GetBytes($"{VehicleProtocol.Name}/{Name}"), directory, IsRegistrationOpen, CargoDoors, LoginTimeout);
        return new VehicleProtocol(options, Name, context);
    }

    private Terminal Make(TerminalFact fact, byte[]? secret, string directory) => new(
        fact.Phone,
        fact.Device is { } device ? Encoding.UTF8.GetBytes(device) : TerminalDirectory.DeviceOf(fact.Phone, DeviceTemplate),
        fact.CodeFile is { } file ? Sources.SecretFile.Read(directory, file) : TerminalDirectory.CodeOf(fact.Phone, secret));
}
