using Fengsui.Ingest.Sources.Again;

namespace Fengsui.Ingest.Sources;

/// <summary>Something that brings readings in by a field protocol: a listener, a poller, a bridge.</summary>
internal interface ISource
{
    /// <summary>
    /// Runs until cancelled. What a peer does, or the network, never ends it: it is counted, shown in the <see cref="SourceBook"/>, and tried again with back-off.
    /// </summary>
    Task RunAsync(CancellationToken stopping);

    /// <summary>Takes its dead letters again while it runs; null when they cannot be, or when it offers one itself.</summary>
    ISecondTaker? SecondTaker => null;
}
