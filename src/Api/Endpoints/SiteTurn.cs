namespace Fengsui.Api.Endpoints;

/// <summary>
/// Changes of one zone's goods and permits come one after the other: what <c>If-Match</c> was compared with is still there when the change is made.
/// </summary>
internal sealed class SiteTurn : IDisposable
{
    /// <summary>Zones share these; which one a zone has matters to nobody.</summary>
    private static readonly SemaphoreSlim[] Turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    private readonly SemaphoreSlim _turn;

    private SiteTurn(SemaphoreSlim turn) => _turn = turn;

    public static async Task<SiteTurn> TakeAsync(string zone, CancellationToken cancellation)
    {
        var turn = Turns[(uint)zone.GetHashCode(StringComparison.Ordinal) % (uint)Turns.Length];
        await turn.WaitAsync(cancellation);
        return new SiteTurn(turn);
    }

    public void Dispose() => _turn.Release();
}
