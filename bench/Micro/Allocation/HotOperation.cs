namespace Fengsui.Micro.Allocation;

/// <summary>Something the product does per message, which must not allocate once it has warmed up.</summary>
internal sealed record HotOperation(string Name, Action Run);
