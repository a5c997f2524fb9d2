using System.Collections.ObjectModel;
using MemoryDapr.Api.Problems;
using MemoryDapr.Api.Worker;
using MemoryDapr.Recall;
using MemoryDapr.Sessions;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Recall;

/// <summary>Answers one recall within the deadline: the live session's window, then the memory.</summary>
internal sealed class RecallHandler(MemoryRecall recall, WorkerClient worker, IMemoryStore store, RecallOptions options, TimeProvider time)
{
    private const int StandardCount = 10;

    public async Task<IResult> RecallAsync(string tenant, PostRecall body, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Deadline, time);
        await using CancellationTokenRegistration aborted = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), deadline);
        long start = time.GetTimestamp();
        LiveSession live = body.SessionId is { } sessionId
            ? await ReadSessionAsync(tenant, sessionId, body.User is not null, deadline.Token)
            : LiveSession.None;
        if (body.User is not null && live.Owner is not null && live.Owner != body.User)
        {
            return Problem.From(new Refusal(RefusalKind.SessionOwner, "The session belongs to another user.", "/user"));
        }

        RecallRequest request = ToRequest(body, new Scope(tenant, body.User ?? live.Owner ?? Users.Default));
        RecallAnswer answer = await recall.RecallAsync(
            request, live.Window, body.SessionId is null ? TimeSpan.Zero : time.GetElapsedTime(start), live.IsDegraded ? ["window"] : null, deadline.Token);
        return new JsonAnswer<RecallAnswer>(answer, write: RecallAnswerJson.Write);
    }

    // Without the worker there is no window, but still a memory; the owner then comes from the store. Where even that is not known,
    // there is no telling whose memory is meant.
    private async Task<LiveSession> ReadSessionAsync(string tenant, string sessionId, bool hasUser, CancellationToken cancellationToken)
    {
        try
        {
            Outcome<SessionView> outcome = await worker.GetSessionAsync(new SessionKey(tenant, sessionId), cancellationToken);
            return outcome.Value is { } view
                ? new LiveSession(view.Session.Scope.User, new LiveWindow(sessionId, view.Window), false)
                : LiveSession.None;
        }
        catch (DependencyException)
        {
            SessionRecord? session = await store.GetSessionAsync(tenant, sessionId, cancellationToken);
            if (session is null && !hasUser)
            {
                throw;
            }

            return new LiveSession(session?.Scope.User, null, true);
        }
    }

    private RecallRequest ToRequest(PostRecall body, Scope scope) => new()
    {
        Scope = scope,
        Query = body.Query!,
        Count = body.K ?? StandardCount,
        Tiers = body.Tiers ?? [],
        MaxTokens = body.MaxTokens ?? options.ContextTokens,
        Explain = body.Explain ?? false,
        Filter = new SearchFilter
        {
            Kinds = body.Kinds ?? [],
            SessionIds = body.SessionIds ?? [],
            Since = body.Since,
            Until = body.Until,
            AsOf = body.AsOf,
            Metadata = body.Metadata ?? ReadOnlyDictionary<string, MetadataValue>.Empty,
        },
    };
}
