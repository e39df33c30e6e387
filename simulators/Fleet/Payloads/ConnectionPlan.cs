namespace Fengsui.Fleet.Payloads;

/// <summary>Which devices a connection carries: every <paramref name="Stride"/>-th of the fleet from <paramref name="First"/>.</summary>
internal readonly record struct ConnectionPlan(int First, int Stride, int DeviceCount, int Places)
{
    public static ConnectionPlan For(FleetOptions options, int connection)
    {
        var devices = (options.DeviceCount - connection + options.Connections - 1) / options.Connections;
        var places = (devices + options.DevicesPerMessage - 1) / options.DevicesPerMessage;
        return new ConnectionPlan(connection, options.Connections, devices, places);
    }

    public int Device(int ordinal) => First + (ordinal * Stride);
}
