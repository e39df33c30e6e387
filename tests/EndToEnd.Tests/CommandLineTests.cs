namespace Fengsui.EndToEnd.Tests;

/// <summary>What a script sees of the program: outputs and exit codes.</summary>
public sealed class CommandLineTests(ITestOutputHelper output) : IDisposable
{
    private const int Usage = 2;
    private const int Environment = 3;

    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Binding_beyond_loopback_without_credentials_is_refused_with_exit_code_2_and_an_explanation()
    {
        var refused = await FengsuiProgram.RunAsync(_directory.Path, "serve", "--bind", "0.0.0.0", "--mqtt-port", "0", "--http-port", "0");
        output.WriteLine(refused.ToString());
        Assert.Equal(Usage, refused.ExitCode);
        Assert.Contains("0.0.0.0", refused.Error, StringComparison.Ordinal);
        Assert.Contains("anonymous", refused.Error, StringComparison.Ordinal);
        Assert.Contains("user", refused.Error, StringComparison.Ordinal);
        Assert.Contains("key", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("listening", refused.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory["data"]), "a refused start touched the disk");
    }

    [Fact]
    public async Task Help_names_every_command_and_version_is_a_number()
    {
        var help = await FengsuiProgram.RunAsync(_directory.Path, "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.All(["serve", "check", "status", "hash-password"], command => Assert.Contains(command, help.Output, StringComparison.Ordinal));
        var serve = await FengsuiProgram.RunAsync(_directory.Path, "serve", "--help");
        Assert.Equal(0, serve.ExitCode);
        Assert.Contains("fengsui serve --", serve.Output, StringComparison.Ordinal);
        var version = await FengsuiProgram.RunAsync(_directory.Path, "--version");
        Assert.Equal(0, version.ExitCode);
        Assert.Matches(@"\d+\.\d+\.\d+", version.Output);
        Assert.Equal(Usage, (await FengsuiProgram.RunAsync(_directory.Path, "server")).ExitCode);
    }

    [Fact]
    public async Task Check_accepts_the_shipped_configuration_and_tells_every_mistake_of_a_wrong_one()
    {
        var config = _directory["config"];
        TestDirectory.Copy(FengsuiProgram.ShippedConfiguration, config);
        var good = await FengsuiProgram.RunAsync(_directory.Path, "check", "--config", config);
        Assert.True(good.ExitCode == 0, good.ToString());

        await File.AppendAllTextAsync(Path.Combine(config, "fengsui.yaml"), "\nmqtt:\n  max_conections: 5\n  write_timeout: soon\n");
        await File.WriteAllTextAsync(Path.Combine(config, "rules", "wrong.yaml"), WrongRule);
        var bad = await FengsuiProgram.RunAsync(_directory.Path, "check", "--config", config);
        output.WriteLine(bad.ToString());
        Assert.Equal(Usage, bad.ExitCode);
        Assert.Contains("max_conections", bad.Error, StringComparison.Ordinal);
        Assert.Matches(@"fengsui\.yaml:\d+:\d+", bad.Error);
        Assert.Matches(@"wrong\.yaml:5:\d+", bad.Error);
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_is_refused_with_exit_code_3()
    {
        await using var server = await FengsuiServer.StartAsync(output);
        var second = await FengsuiProgram.RunAsync(
            _directory.Path, "serve", "--config", server.ConfigDirectory, "--data", server.DataDirectory, "--mqtt-port", "0", "--http-port", "0");
        Assert.Equal(Environment, second.ExitCode);
        Assert.Contains(server.DataDirectory, second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_refused_with_exit_code_3()
    {
        await using var server = await FengsuiServer.StartAsync(output);
        var second = await FengsuiProgram.RunAsync(_directory.Path, "serve", "--mqtt-port", server.MqttPortText, "--http-port", "0");
        Assert.Equal(Environment, second.ExitCode);
        Assert.Contains(server.MqttPortText, second.Error, StringComparison.Ordinal);
    }

    private const string WrongRule = """
        groups:
          - name: mine
            rules:
              - alert: Hot
                expr: temperature >> 5
                tier: general

        """;
}
