namespace Fengsui.Api.Tests.OpenApi;

/// <summary>Fails a test whose server answers otherwise than its description says.</summary>
internal sealed class ContractHandler(Contract contract) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            return answer;
        }

        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        var fault = await contract.FaultAsync(
            request.Method.Method, request.RequestUri!.AbsolutePath, (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, body);
        Assert.True(fault is null, $"{request.Method} {request.RequestUri.AbsolutePath} {(int)answer.StatusCode}: {fault}\n{body}");
        return answer;
    }
}
