namespace Fengsui.Devices.Registry.Files;

/// <summary>The text of one file of <c>config/devices/</c>.</summary>
public sealed record DeviceFile(string Path, string Text);
