using Dapr.Actors.Client;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Distill;

/// <summary>Distils a session's tail when somebody asks for it.</summary>
internal sealed class DistillOnDemand(ISessionWindows sessions, IMemoryStore store, IActorProxyFactory actors, TimeProvider time)
{
    /// <summary>The pipeline that distils the session's last turn: one planned now, or the one that has been.</summary>
    public async Task<Outcome<PipelineRecord>> StartAsync(DistillRequest request, CancellationToken cancellationToken)
    {
        SessionRecord? session = await sessions.FindAsync(request.Tenant, request.SessionId, cancellationToken);
        if (session is null)
        {
            return new Refusal(RefusalKind.NotFound, $"There is no session {request.SessionId}.");
        }

        PipelineRecord? planned = await sessions.PlanTailAsync(request.Tenant, request.SessionId, cancellationToken);
        if (planned is not null)
        {
            // It is scheduled in the background; whoever follows the link must find it before. A session that is not indexed yet is not
            // known to the store, and its pipelines come with its turns.
            await actors.Writer(session.Scope).IndexAsync(new TurnBatch(session.Scope, [session], [], [planned]), cancellationToken);
            return planned;
        }

        string id = PipelineId.ForDistill(request.Tenant, request.SessionId, session.NextOrdinal);
        DateTimeOffset now = time.GetUtcNow();
        return await store.GetPipelineAsync(request.Tenant, id, cancellationToken) ?? new PipelineRecord
        {
            Id = id,
            Scope = session.Scope,
            Kind = PipelineKind.Distill,
            SessionId = request.SessionId,
            To = session.NextOrdinal,
            Status = PipelineStatus.Succeeded,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }
}
