namespace Fengsui.EndToEnd.Tests;

public sealed class GracefulStopTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Ends_with_exit_code_0_when_asked_to_stop()
    {
        await using var server = await FengsuiServer.StartAsync(output);
        Assert.Equal(0, await server.TerminateAsync());
    }
}
