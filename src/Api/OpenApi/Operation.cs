using Fengsui.Api.Endpoints;
using Fengsui.Api.Security;

namespace Fengsui.Api.OpenApi;

/// <summary>What a route declares about itself: who may call it, and what stands in the description of the API.</summary>
/// <param name="Id">Unique, in camel case: clients that are generated name their methods by it.</param>
/// <param name="Tag">One of <see cref="Tags"/>.</param>
/// <param name="Summary">A few words, without a full stop.</param>
public sealed record Operation(string Id, string Tag, string Summary, Permission Permission)
{
    /// <summary>Whole sentences for whoever wants more than the summary.</summary>
    public string Description { get; init; } = "";

    /// <summary>Of query and headers; those of the path follow from the route.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>A question that is posted since it may be too long for an address.</summary>
    public bool ChangesNothing { get; init; }

    /// <summary>What is sent; null for nothing.</summary>
    public Body? Body { get; init; }

    /// <summary>What comes back when it goes well.</summary>
    public IReadOnlyList<Answer> Answers { get; init; } = [];

    /// <summary>Statuses of the problem documents it answers with, beside those that every route has.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];

    /// <summary>Says no in another form than a problem document; its callers may carry their key where clients of InfluxDB do.</summary>
    internal WriteRequest.Refusal? Refuse { get; init; }

    /// <summary>What its callers know the lack of credentials by.</summary>
    internal string Unauthorized { get; init; } = "";

    /// <summary>The schema of that form.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether an <c>Idempotency-Key</c> makes a repeat harmless.</summary>
    public bool TakesIdempotencyKey { get; init; }
}
