namespace Fengsui.Fleet.Payloads;

/// <summary>Names a message of one connection: the place in its round of devices, and the round. Its bytes follow from it.</summary>
internal readonly record struct MessageKey(int Place, int Round);
