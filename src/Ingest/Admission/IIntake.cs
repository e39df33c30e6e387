namespace Fengsui.Ingest.Admission;

/// <summary>Where messages from the wire become readings in the journal.</summary>
public interface IIntake
{
    /// <summary>Opens the intake of one connection, after its CONNECT was accepted. <paramref name="user"/> is null for an anonymous client.</summary>
    IConnectionIntake Open(string clientId, string protocol, string? user);
}
