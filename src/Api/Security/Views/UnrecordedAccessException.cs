namespace Fengsui.Api.Security.Views;

/// <summary>An access to joint data cannot be put on record: nothing of them may leave.</summary>
internal sealed class UnrecordedAccessException(Exception cause) : IOException("the access cannot be put on record", cause);
