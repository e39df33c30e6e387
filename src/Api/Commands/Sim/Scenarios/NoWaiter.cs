using Fengsui.Devices.Journal;

namespace Fengsui.Api.Commands.Sim.Scenarios;

/// <summary>Nobody waits for what is durable at once.</summary>
internal sealed class NoWaiter : ICommitWaiter
{
    public static readonly NoWaiter Instance = new();

    public void OnCommitted(long position)
    {
    }
}
