using System.Globalization;
using Fengsui.Vehicles.Wire;

namespace Fengsui.Scenarios.Wire;

/// <summary>The messages of vehicles as whole frames of JT/T 808-2019.</summary>
public static class TerminalFrames
{
    /// <param name="message">Of a vehicle.</param>
    /// <param name="serial">Counts the messages of its connection.</param>
    public static byte[] Of(WireMessage message, ushort serial) =>
        TerminalFrame.Write(message.MessageId, long.Parse(message.Line, CultureInfo.InvariantCulture), is2019: true, serial, message.Payload);
}
