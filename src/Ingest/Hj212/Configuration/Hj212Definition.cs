using System.Text;
using Fengsui.Ingest.Hj212.Reports;
using Fengsui.Ingest.Hj212.Sessions;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Ingest.Sources.Tcp;

namespace Fengsui.Ingest.Hj212.Configuration;

/// <summary>One listener for HJ 212 stations.</summary>
internal sealed class Hj212Definition : SourceDefinition
{
    public required TcpSourceOptions Listen { get; init; }

    public required string DeviceTemplate { get; init; }

    public required bool AcceptUnknown { get; init; }

    /// <summary>Holds the password of stations without one of their own; null when they need none.</summary>
    public required string? PasswordFile { get; init; }

    public required IReadOnlyList<StationFact> Stations { get; init; }

    public required FactorMap Factors { get; init; }

    public required TimeSpan LoginTimeout { get; init; }

    /// <exception cref="IOException">A password cannot be read; it is tried again.</exception>
    internal override ISource Open(SourceContext context)
    {
        var password = PasswordOf(PasswordFile, [], context.ConfigDirectory);
        var known = Stations.ToDictionary(
            station => station.Number,
            station => new Station(
                station.Device is { } device ? Encoding.UTF8.GetBytes(device) : StationDirectory.DeviceOf(station.Number, DeviceTemplate),
                PasswordOf(station.PasswordFile, password, context.ConfigDirectory)));
        var options = new StationOptions(
            Encoding.UTF8.GetBytes($"{Hj212Protocol.Name}/{Name}"), new StationDirectory(known, AcceptUnknown, DeviceTemplate, password), Factors, LoginTimeout);
        return new TcpSource(Listen, new Hj212Protocol(options, Name, context), context.Book, context.Time);
    }

    private static byte[] PasswordOf(string? file, byte[] fallback, string directory) => file is null ? fallback : SecretFile.Read(directory, file);
}
