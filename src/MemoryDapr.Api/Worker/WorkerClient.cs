using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MemoryDapr.Api.Problems;
using MemoryDapr.Distill;
using MemoryDapr.Forget;
using MemoryDapr.Promote;
using MemoryDapr.Salience;
using MemoryDapr.Sessions;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using MemoryDapr.Upkeep;

namespace MemoryDapr.Api.Worker;

/// <summary>
/// memory-worker, by service invocation. Bodies are buffered: a request without a Content-Length gets no retries from a sidecar.
/// What is refused comes back as data; what fails throws <see cref="DependencyException"/>.
/// </summary>
internal sealed class WorkerClient(HttpClient http)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public Task<Outcome<AppendResult>> AppendAsync(AppendRequest request, CancellationToken cancellationToken) =>
        CallAsync<AppendRequest, AppendResult>(WorkerRoutes.Append, request, cancellationToken);

    public Task<Outcome<SessionView>> GetSessionAsync(SessionKey request, CancellationToken cancellationToken) =>
        CallAsync<SessionKey, SessionView>(WorkerRoutes.Session, request, cancellationToken);

    public Task<Outcome<Page<Turn>>> ListTurnsAsync(TurnsRequest request, CancellationToken cancellationToken) =>
        CallAsync<TurnsRequest, Page<Turn>>(WorkerRoutes.Turns, request, cancellationToken);

    public Task<Outcome<PipelineRecord>> DistillAsync(DistillRequest request, CancellationToken cancellationToken) =>
        CallAsync<DistillRequest, PipelineRecord>(WorkerRoutes.Distill, request, cancellationToken);

    public Task<Outcome<PipelineRecord>> PromoteAsync(PromoteRequest request, CancellationToken cancellationToken) =>
        CallAsync<PromoteRequest, PipelineRecord>(WorkerRoutes.Promote, request, cancellationToken);

    public Task<Outcome<PipelineView>> GetPipelineAsync(PipelineKey request, CancellationToken cancellationToken) =>
        CallAsync<PipelineKey, PipelineView>(WorkerRoutes.Pipeline, request, cancellationToken);

    public Task<Outcome<AcceptedCitations>> CiteAsync(CitationRequest request, CancellationToken cancellationToken) =>
        CallAsync<CitationRequest, AcceptedCitations>(WorkerRoutes.Citations, request, cancellationToken);

    public Task<Outcome<IReadOnlyList<MemoryItem>>> StoreDocumentsAsync(DocumentBatch request, CancellationToken cancellationToken) =>
        CallAsync<DocumentBatch, IReadOnlyList<MemoryItem>>(WorkerRoutes.Documents, request, cancellationToken);

    public Task<Outcome<MemoryItem>> EditItemAsync(ItemEdit request, CancellationToken cancellationToken) =>
        CallAsync<ItemEdit, MemoryItem>(WorkerRoutes.EditItem, request, cancellationToken);

    public Task<Outcome<ErasureRecord>> ForgetAsync(ForgetRequest request, CancellationToken cancellationToken) =>
        CallAsync<ForgetRequest, ErasureRecord>(WorkerRoutes.Forget, request, cancellationToken);

    public Task<Outcome<ImportOutcome>> ImportAsync(ImportBatch request, CancellationToken cancellationToken) =>
        CallAsync<ImportBatch, ImportOutcome>(WorkerRoutes.Import, request, cancellationToken);

    public Task<Outcome<JobsReport>> GetJobsAsync(JobsRequest request, CancellationToken cancellationToken) =>
        CallAsync<JobsRequest, JobsReport>(WorkerRoutes.Jobs, request, cancellationToken);

    /// <summary>Whether the worker answers at all.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        using HttpResponseMessage response = await SendAsync(message, cancellationToken);
        await EnsureAnsweredAsync(response, cancellationToken);
    }

    private async Task<Outcome<TResult>> CallAsync<TRequest, TResult>(string route, TRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, route)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, MemoryJson.Options)) { Headers = { ContentType = Json } },
        };
        using HttpResponseMessage response = await SendAsync(message, cancellationToken);
        await EnsureAnsweredAsync(response, cancellationToken);
        byte[] answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return JsonSerializer.Deserialize<Outcome<TResult>>(answer, MemoryJson.Options)
            ?? throw new DependencyException(ProblemTypes.DependencyFailed, $"{WorkerRoutes.AppId} answered nothing.");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(message, HttpCompletionOption.ResponseContentRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new DependencyException(ProblemTypes.DependencyUnavailable, $"{WorkerRoutes.AppId} cannot be reached.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DependencyException(ProblemTypes.Timeout, $"{WorkerRoutes.AppId} took too long.", exception);
        }
    }

    private static async Task EnsureAnsweredAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        string answer = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        throw new DependencyException(Classify(response.StatusCode, answer), $"{WorkerRoutes.AppId} answered {(int)response.StatusCode}.");
    }

    private static ProblemType Classify(HttpStatusCode status, string answer)
    {
        if (SidecarAnswer.IsTimeout(status, answer))
        {
            return ProblemTypes.Timeout;
        }

        bool isOut = status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests || SidecarAnswer.IsSidecars(answer);
        return isOut ? ProblemTypes.DependencyUnavailable : ProblemTypes.DependencyFailed;
    }
}
