using System.Text.Json;
using Fengsui.Api.Configuration;
using Fengsui.Api.Hosting;
using Fengsui.Devices.Alerts;

namespace Fengsui.Api.Endpoints;

/// <summary>The answer of <c>/api/v1/status</c>: the process, where it listens, and what each part adds.</summary>
internal sealed class ServerStatus(
    LoadedConfiguration configuration, StatusSections sections, Func<BoundEndPoints?> endPoints, TimeProvider time)
{
    private readonly DateTimeOffset _started = time.GetUtcNow();

    public void WriteTo(Utf8JsonWriter json)
    {
        var options = configuration.Options;
        json.WriteStartObject();
        json.WriteString("version", ProgramVersion.Text);
        json.WriteString("started", AlertJson.Time(_started.ToUnixTimeMilliseconds()));
        json.WriteNumber("uptime_s", (long)(time.GetUtcNow() - _started).TotalSeconds);
        json.WriteNumber("pid", Environment.ProcessId);
        json.WriteStartObject("listen");
        if (endPoints() is { } bound)
        {
            json.WriteString("mqtt", bound.Mqtt.ToString());
            json.WriteString("mqtts", bound.Mqtts?.ToString());
            json.WriteString("http", bound.Http.ToString());
        }

        json.WriteEndObject();
        json.WriteBoolean("anonymous", options.Anonymous && options.Server.IsLoopback);
        json.WriteString("durability", options.Journal.Durability == Configuration.Sections.Durability.Fsync ? "fsync" : "os");
        json.WriteString("config", configuration.ConfigDirectory);
        json.WriteString("data", configuration.DataDirectory);
        sections.WriteTo(json);
        json.WriteEndObject();
    }
}
