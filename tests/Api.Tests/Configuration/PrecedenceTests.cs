using Fengsui.Api.Configuration;

namespace Fengsui.Api.Tests.Configuration;

public sealed class PrecedenceTests
{
    [Fact]
    public void Defaults_are_beneath_the_file_beneath_the_environment_beneath_the_command_line()
    {
        using var fixture = new ConfigurationFixture("server: {mqtt_port: 2001, mqtts_port: 2002, http_port: 2003}");
        fixture.Environment["FENGSUI_SERVER_MQTTS_PORT"] = "3002";
        fixture.Environment["FENGSUI_HTTP_PORT"] = "3003";
        fixture.CommandLine.Add(new CommandLineOverride("server.http_port", "4003", "--http-port"));

        var options = fixture.Load().Options;

        Assert.Equal(TimeSpan.FromSeconds(20), options.Server.ShutdownTimeout);
        Assert.Equal((2001, 3002, 4003), (options.Server.MqttPort, options.Server.MqttsPort, options.Server.HttpPort));
    }

    [Fact]
    public void Mistakes_of_the_environment_and_the_command_line_are_reported_beside_those_of_the_file()
    {
        using var fixture = new ConfigurationFixture("anonymous: 3");
        fixture.Environment["FENGSUI_MQTT_PORT"] = "http";
        fixture.CommandLine.Add(new CommandLineOverride("journal.durability", "fsycn", "--durability"));
        fixture.CommandLine.Add(new CommandLineOverride("mqtt.max_conections", "1", "--set mqtt.max_conections"));

        Assert.Equal(
            [
                "fengsui.yaml:1:12: error invalid-value: 'anonymous' is '3' (expected true or false)",
                "environment variable FENGSUI_MQTT_PORT: 'http' is not valid (expected a port from 0 to 65535 (0 picks a free one))",
                "--durability: 'fsycn' is not valid; did you mean 'fsync'? (expected one of fsync, os)",
                "--set mqtt.max_conections: there is no option 'mqtt.max_conections'; did you mean 'mqtt.max_connections'?",
            ],
            fixture.Mistakes());
    }

    [Fact]
    public void A_variable_of_ours_that_sets_nothing_is_a_warning_with_the_nearest_name()
    {
        using var fixture = new ConfigurationFixture();
        fixture.Environment["FENGSUI_HTTP_PROT"] = "1";

        var loaded = fixture.Load();

        Assert.Empty(loaded.Mistakes);
        Assert.Equal(["environment variable FENGSUI_HTTP_PROT: sets no option; did you mean 'FENGSUI_HTTP_PORT'?"], loaded.Warnings);
    }

    [Fact]
    public void Lists_in_the_environment_are_separated_by_commas()
    {
        using var fixture = new ConfigurationFixture();
        fixture.Environment["FENGSUI_DEVICES_PROVISIONING_ALLOW"] = "gas-*, tank-?";

        Assert.Equal(["gas-*", "tank-?"], fixture.Load().Options.Devices.Provisioning.Allow);
    }

    [Fact]
    public void The_directories_come_from_the_command_line_before_the_environment()
    {
        using var fixture = new ConfigurationFixture();
        fixture.Environment["FENGSUI_CONFIG"] = "/no/such/directory";
        fixture.Environment["FENGSUI_DATA"] = "/somewhere/else";

        var fromArguments = fixture.Load();
        var fromEnvironment = ConfigurationLoader.Load(ConfigurationSources.None with { Environment = fixture.Environment });

        Assert.Empty(fromArguments.Mistakes);
        Assert.Equal(Path.Combine(fixture.Path, "data"), fromArguments.DataDirectory);
        Assert.Equal("/somewhere/else", fromEnvironment.DataDirectory);
        Assert.Equal(["the configuration directory '/no/such/directory' does not exist"], fromEnvironment.Mistakes);
    }
}
