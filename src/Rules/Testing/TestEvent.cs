namespace Fengsui.Rules.Testing;

/// <summary>Something that happens on the site, beside readings.</summary>
/// <param name="AtMs">Journal time, ms after the test's start.</param>
public abstract record TestEvent(long AtMs);
