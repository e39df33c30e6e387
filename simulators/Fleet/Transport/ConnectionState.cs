namespace Fengsui.Fleet.Transport;

internal enum ConnectionState
{
    /// <summary>Waiting for the moment to connect again.</summary>
    Waiting,

    /// <summary>TCP connect under way.</summary>
    Connecting,

    /// <summary>CONNECT sent.</summary>
    Greeting,

    /// <summary>Accepted by the server.</summary>
    Accepted,

    /// <summary>All is sent and acknowledged, or the run was given up.</summary>
    Done,
}
