using System.Globalization;
using System.Net.Sockets;
using Fengsui.Api.Configuration.Sections;
using Microsoft.AspNetCore.Connections;

namespace Fengsui.Api.Hosting;

/// <summary>Turns the ways in which listening fails into one line that says which port, why and what to do.</summary>
internal static class BindFailure
{
    /// <summary>Null when the exception is not about listening.</summary>
    public static string? Explain(Exception failure, ServerSection server)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            if (e is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
                return $"{Which(failure, server)} is taken by another program: choose another with {Remedy(failure, server)} (0 picks a free one), or stop that program";
            if (e is SocketException { SocketErrorCode: SocketError.AccessDenied })
                return $"{Which(failure, server)} needs more rights: ports below 1024 are for privileged programs";
            if (e is SocketException { SocketErrorCode: SocketError.AddressNotAvailable })
                return $"{server.Bind} is not an address of this machine (server.bind, --bind)";
        }

        return null;
    }

    private static string Which(Exception failure, ServerSection server)
    {
        var (name, port, _) = Find(failure, server);
        return string.Create(CultureInfo.InvariantCulture, $"the {name} port {port} on {server.Bind}");
    }

    private static string Remedy(Exception failure, ServerSection server) => Find(failure, server).Option;

    private static (string Name, int Port, string Option) Find(Exception failure, ServerSection server)
    {
        (string Name, int Port, string Option)[] all =
        [
            ("MQTT", server.MqttPort, "--mqtt-port"), ("MQTTS", server.MqttsPort, "--mqtts-port"), ("HTTP", server.HttpPort, "--http-port"),
        ];
        // Kestrel names the address in its message only: "Failed to bind to address http://127.0.0.1:1883: ...".
        return all.FirstOrDefault(one => Mentions(failure.Message, one.Port), all[0]);
    }

    private static bool Mentions(string message, int port)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $":{port}");
        var at = message.IndexOf(text, StringComparison.Ordinal);
        return at >= 0 && (at + text.Length == message.Length || !char.IsAsciiDigit(message[at + text.Length]));
    }
}
