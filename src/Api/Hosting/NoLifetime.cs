namespace Fengsui.Api.Hosting;

/// <summary>Leaves signals and stopping to <see cref="ServerHost"/>, which stops things in its own order.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
