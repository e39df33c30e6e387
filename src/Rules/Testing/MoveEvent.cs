namespace Fengsui.Rules.Testing;

/// <summary>A device, or a person, is in another zone from now on.</summary>
/// <param name="Device">Its id; of a person <c>person/NAME</c>.</param>
/// <param name="Type">What to declare it as when it was not.</param>
public sealed record MoveEvent(long AtMs, string Device, string Type, string Zone) : TestEvent(AtMs);
