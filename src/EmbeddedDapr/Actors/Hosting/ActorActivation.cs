using Dapr.Actors.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedDapr.Actors;

/// <summary>One actor in memory: the object, its container scope and its state.</summary>
internal sealed class ActorActivation(Actor actor, ActorStateManager state, AsyncServiceScope scope)
{
    /// <summary>Runs what <c>OnActivateAsync</c> does and saves what it wrote.</summary>
    public async Task ActivateAsync()
    {
        try
        {
            await actor.ActivateAsync();
            await state.SaveStateAsync();
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a turn. Its changes are saved together when it succeeds and forgotten when it does not.</summary>
    public async Task<byte[]> RunAsync(ActorTurn turn)
    {
        try
        {
            byte[] reply = await turn.RunAsync(actor);
            await state.SaveStateAsync();
            return reply;
        }
        catch
        {
            await state.ClearCacheAsync();
            throw;
        }
    }

    public async Task DeactivateAsync()
    {
        await using (scope)
        {
            await actor.DeactivateAsync();
        }
    }
}
