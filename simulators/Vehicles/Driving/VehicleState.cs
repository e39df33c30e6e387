namespace Fengsui.Vehicles.Driving;

/// <summary>A vehicle at one moment.</summary>
/// <param name="TimeMs">Unix ms, whole seconds.</param>
/// <param name="Latitude">Degrees, with the receiver's error.</param>
/// <param name="Longitude">Degrees, with the receiver's error.</param>
/// <param name="SpeedKmh">km/h, in tenths.</param>
/// <param name="Heading">Whole degrees from north, clockwise, below 360.</param>
/// <param name="MileageKm">km, in tenths.</param>
/// <param name="FuelL">l, in tenths.</param>
/// <param name="CargoCelsius">Whole °C.</param>
/// <param name="Alarms">Bits that are raised at this moment.</param>
internal sealed record VehicleState(
    long TimeMs,
    double Latitude,
    double Longitude,
    double SpeedKmh,
    int Heading,
    double MileageKm,
    double FuelL,
    double CargoCelsius,
    bool IsIgnitionOn,
    bool IsFixed,
    bool IsDoorOpen,
    uint Alarms);
