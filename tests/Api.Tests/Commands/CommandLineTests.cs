using Fengsui.Api.Commands;
using Fengsui.Api.Security;
using Fengsui.Api.Tests.Configuration;
using Fengsui.Api.Tests.Hosting;
using Fengsui.Ingest.Mqtt.Security;

namespace Fengsui.Api.Tests.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_names_every_command_and_shows_an_example_of_each()
    {
        var (code, output, _) = await RunAsync("--help");

        Assert.Equal(ExitCodes.Ok, code);
        foreach (var command in new[] { "serve", "demo", "check", "fleet", "status", "trace", "hash-password", "new-api-key" })
        {
            Assert.Contains($"  fengsui {command}", output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("demo")]
    [InlineData("fleet")]
    [InlineData("check")]
    [InlineData("status")]
    [InlineData("trace")]
    [InlineData("hash-password")]
    [InlineData("new-api-key")]
    public async Task Every_command_has_help_with_examples(string command)
    {
        var (code, output, error) = await RunAsync(command, "--help");

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains("Examples:", output, StringComparison.Ordinal);
        Assert.Contains($"fengsui {command}", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        var (code, output, _) = await RunAsync("--version");

        Assert.Equal((ExitCodes.Ok, $"fengsui {ProgramVersion.Text}\n"), (code, output));
    }

    [Theory]
    [InlineData("sevre")]
    [InlineData("serve --no-such-option")]
    [InlineData("serve --mqtt-port")]
    [InlineData("hash-password --iterations many")]
    public async Task A_command_line_that_is_wrong_is_a_readable_line_and_code_2(string line)
    {
        var (code, output, error) = await RunAsync(line.Split(' '));

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Empty(output);
        Assert.StartsWith("fengsui: ", error, StringComparison.Ordinal);
        Assert.Contains("--help", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_and_check_report_every_mistake_and_end_with_code_2()
    {
        using var fixture = new ConfigurationFixture("anonymous: perhaps\nserver: {http_port: x}\n");
        foreach (var command in new[] { "serve", "check" })
        {
            var (code, _, error) = await RunAsync(command, "--config", fixture.Path, "--data", Path.Combine(fixture.Path, "data"));

            Assert.Equal(ExitCodes.Usage, code);
            Assert.Contains("fengsui.yaml:1:12:", error, StringComparison.Ordinal);
            Assert.Contains("fengsui.yaml:2:21:", error, StringComparison.Ordinal);
            Assert.Contains("2 mistakes", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Check_says_ok_and_ends_with_code_0()
    {
        using var fixture = new ConfigurationFixture("anonymous: true");

        var (code, output, _) = await RunAsync("check", "--config", fixture.Path);

        Assert.Equal((ExitCodes.Ok, $"ok: {fixture.Path}\n"), (code, output));
    }

    [Fact]
    public async Task Binding_beyond_loopback_without_credentials_ends_serve_with_code_2()
    {
        using var fixture = new ConfigurationFixture();

        var (code, _, error) = await RunAsync("serve", "--config", fixture.Path, "--bind", "0.0.0.0");

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains("--bind: listening on 0.0.0.0 would let the network in", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_ends_serve_with_code_3()
    {
        using var fixture = new ConfigurationFixture();
        fixture.Write("file", "");

        var (code, _, error) = await RunAsync("serve", "--config", fixture.Path, "--data", Path.Combine(fixture.Path, "file", "data"));

        Assert.Equal(ExitCodes.Environment, code);
        Assert.StartsWith("fengsui: cannot create the data directory", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_hashed_password_is_the_one_piped_in()
    {
        var (code, output, _) = await RunAsync("secret\n", ["hash-password", "--iterations", "10000"]);

        Assert.Equal(ExitCodes.Ok, code);
        Assert.True(PasswordHash.TryParse(output.Trim(), out var hash));
        Assert.True(hash!.Verify("secret"u8));
    }

    [Fact]
    public async Task A_new_key_comes_with_the_entry_that_admits_it()
    {
        var (_, output, _) = await RunAsync("new-api-key", "--name", "dashboard", "--role", "safety", "--role", "customs", "--expires", "2030-01-31");
        var key = output.Split('\n')[0];

        using var fixture = new ConfigurationFixture(string.Join('\n', output.Split('\n').Skip(1)));
        var options = fixture.Load().Options;

        var entry = new BearerKeys(options.Http.Keys).Identify("Bearer " + key);
        Assert.Equal(("dashboard", Roles.Joint, new DateTimeOffset(2030, 1, 31, 0, 0, 0, TimeSpan.Zero)), (entry?.Name, entry?.Roles, entry?.Expires));
    }

    [Fact]
    public async Task Status_shows_a_running_server_and_fails_without_one()
    {
        await using var server = await TestServer.StartAsync();
        var url = server.Host.EndPoints!.HttpAddress.ToString();

        var (code, output, _) = await RunAsync("status", "--url", url);
        await server.Host.StopAsync();
        var (codeAfter, _, error) = await RunAsync("status", "--url", url);

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains($"listen.mqtt                      {server.Host.EndPoints.Mqtt}", output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failure, codeAfter);
        Assert.StartsWith("fengsui: no answer from", error, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => RunAsync("", args);

    private static async Task<(int Code, string Output, string Error)> RunAsync(string input, string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(args, new StringReader(input), output, error);
        return (code, output.ToString(), error.ToString());
    }
}
