using Dapr.Actors;
using Dapr.Actors.Client;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Merging;
using MemoryDapr.Tests.Distill;
using MemoryDapr.Types;

namespace MemoryDapr.Tests.Stores.Merging;

/// <summary>Decides to merge into one item, which somebody else changes meanwhile, as often as is wanted.</summary>
internal sealed class DisturbedJudge(WorkerHost host, string itemId, int disturbances) : IMergeJudge
{
    public int Decisions { get; private set; }

    public async Task<IReadOnlyList<MergeDecision>> DecideAsync(IReadOnlyList<MergeQuestion> questions, CancellationToken cancellationToken)
    {
        Decisions++;
        MemoryItem target = questions.Single().Candidates.Single(candidate => candidate.Id == itemId);
        if (Decisions <= disturbances)
        {
            IScopeActor writer = host.Get<IActorProxyFactory>().CreateActorProxy<IScopeActor>(new ActorId(target.Scope.ActorId), "ScopeActor");
            await writer.EditAsync(
                new ItemEdit(target.Scope, itemId, target.Version, null, !target.Pinned, null, null, target.UpdatedAt.AddMinutes(1)), cancellationToken);
        }

        return [new MergeDecision(MergeAction.Merge, target, "It states the same.")];
    }
}
