using System.Text.RegularExpressions;

namespace Fengsui.Api.OpenApi;

/// <summary>A route and what it declares. HEAD goes without saying where there is GET.</summary>
internal sealed partial class RoutedOperation(RouteEndpoint route)
{
    private readonly Operation? _operation = RouteOperation.Of(route);

    public bool IsDescribed => _operation is not null;

    public Operation Operation => _operation!;

    /// <summary>In lower case, as OpenAPI names it.</summary>
    public string Method { get; } =
        (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.FirstOrDefault(method => method != HttpMethods.Head) ?? HttpMethods.Get).ToLowerInvariant();

    /// <summary>With parameters in braces and without their constraints.</summary>
    public string Path { get; } = Constraint().Replace("/" + route.RoutePattern.RawText!.TrimStart('/'), "{$1}");

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Constraint();
}
