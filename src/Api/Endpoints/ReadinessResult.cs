namespace Fengsui.Api.Endpoints;

/// <summary>One check's answer, with a sentence for people.</summary>
public readonly record struct ReadinessResult(bool IsReady, string Detail)
{
    public static ReadinessResult Ready(string detail = "") => new(true, detail);

    public static ReadinessResult NotReady(string detail) => new(false, detail);
}
