namespace Fengsui.Api.OpenApi;

/// <summary>Ties an operation to its route.</summary>
internal static class RouteOperation
{
    public static IEndpointConventionBuilder Is(this IEndpointConventionBuilder route, Operation operation) => route.WithMetadata(operation);

    /// <summary>Null for what declares nothing.</summary>
    public static Operation? Of(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<Operation>();
}
