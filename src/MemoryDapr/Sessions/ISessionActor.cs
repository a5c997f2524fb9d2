using Dapr.Actors;
using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>
/// A session: working memory, and the truth about every turn that is not in the store yet. Its id is <c>tenant.session</c>. It calls no
/// model, no store, no workflow and no broker; its one reminder is its only side effect.
/// </summary>
/// <remarks>Every method may be called again with the same argument after a failure; the second time changes nothing.</remarks>
public interface ISessionActor : IActor
{
    /// <summary>Appends turns. When it answers with an outcome, what it accepted is durable.</summary>
    Task<AppendAnswer> AppendAsync(AppendCommand command, CancellationToken cancellationToken = default);

    /// <summary>The session as it is now; null if it is closed and the store has all there is.</summary>
    Task<SessionSnapshot?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>The turns that it holds.</summary>
    Task<HeldTurns> ListTurnsAsync(HeldTurnsQuery query, CancellationToken cancellationToken = default);

    /// <summary>What is to be indexed and scheduled next; null if it is closed.</summary>
    Task<PendingWork?> ReadPendingAsync(PendingQuery query, CancellationToken cancellationToken = default);

    /// <summary>Takes down how far indexing and scheduling have come.</summary>
    Task AdvanceAsync(SessionProgress progress, CancellationToken cancellationToken = default);

    /// <summary>Takes down how far distillation has come without a gap: turns below the ordinal are distilled.</summary>
    Task AdvanceDistilledAsync(long distilledTo, CancellationToken cancellationToken = default);

    /// <summary>Plans what is not planned yet; answers the last pipeline that is not scheduled, or null if there is none.</summary>
    Task<PipelineRecord?> PlanTailAsync(CancellationToken cancellationToken = default);

    /// <summary>Does what the reminder would do now.</summary>
    Task WakeAsync(CancellationToken cancellationToken = default);

    /// <summary>Lets go of erased turns and answers how many it held.</summary>
    Task<int> ForgetAsync(ForgottenTurns forgotten, CancellationToken cancellationToken = default);

    /// <summary>Lets go of window and pages, unless a turn has come since the session had <paramref name="nextOrdinal"/> ordinals.</summary>
    Task ExpireAsync(long nextOrdinal, CancellationToken cancellationToken = default);
}
