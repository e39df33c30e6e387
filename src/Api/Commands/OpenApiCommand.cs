using Fengsui.Api.Configuration;
using Fengsui.Api.DataPath;
using Fengsui.Api.Hosting;
using Fengsui.Api.OpenApi;

namespace Fengsui.Api.Commands;

/// <summary><c>fengsui openapi</c>: the description of the API, from the routes of this program; nothing is opened or listened on.</summary>
internal static class OpenApiCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var command = new ExampledCommand("openapi", "Print the description of the HTTP API (OpenAPI 3.1)", "fengsui openapi > docs/openapi.json");
        command.SetAction(async (_, _) =>
        {
            await terminal.Output.WriteAsync(System.Text.Encoding.UTF8.GetString(await DescribeAsync()));
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>Of a server that is put together, and taken apart again, in a directory of its own.</summary>
    public static async Task<byte[]> DescribeAsync()
    {
        var directory = Directory.CreateTempSubdirectory("fengsui-openapi-").FullName;
        try
        {
            CommandLineOverride[] quiet = [new("logging.file", "false", "openapi"), new("logging.level", "none", "openapi")];
            var configuration = ConfigurationLoader.Load(ConfigurationSources.None with { DataDirectory = directory, CommandLine = quiet });
            await using var host = ServerHost.Create(configuration, new HostServices(context => new TelemetryDataPath(context), TimeProvider.System, LogToConsole: false));
            return OpenApiDocument.Build(host.Routes);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
