using System.Globalization;
using Fengsui.Scenarios.Wire;
using Fengsui.Vehicles;
using Fengsui.Vehicles.Wire;

namespace Fengsui.Scenarios.Live;

/// <summary>The connection of one vehicle's terminal.</summary>
internal sealed class VehicleLine(string phone, LiveOptions options) : IDisposable
{
    private readonly TerminalLink _link = new(
        long.Parse(phone, CultureInfo.InvariantCulture), is2019: true, new VehiclesOptions { Host = options.MqttHost, Port = options.VehiclePort });

    /// <exception cref="IOException">The server cannot be reached, or does not let the terminal in.</exception>
    public Task LoginAsync(CancellationToken cancel) => _link.LoginAsync(cancel);

    /// <summary>Sends and waits for the answer. Null when the server took it.</summary>
    public async Task<string?> SendAsync(WireMessage message, CancellationToken cancel)
    {
        var serial = _link.NextSerial();
        await _link.SendAsync(message.MessageId, serial, message.Payload, cancel).ConfigureAwait(false);
        while (true)
        {
            var answer = await _link.ReadAsync(cancel).ConfigureAwait(false);
            if (answer.Id == PlatformMessage.GeneralReply && answer.AnswerTo == serial)
            {
                return answer.Result == 0 ? null : $"{phone}: message {message.MessageId:X4} was answered {answer.Result}";
            }
        }
    }

    public void Dispose() => _link.Dispose();
}
