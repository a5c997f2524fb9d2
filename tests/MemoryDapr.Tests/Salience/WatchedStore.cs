using System.Collections.Concurrent;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using NSubstitute;

namespace MemoryDapr.Tests.Salience;

/// <summary>A store as far as citations need it, which takes down what is written and refuses a scope's writes when it is told to.</summary>
internal sealed class WatchedStore
{
    public ConcurrentQueue<StoreBatch> Batches { get; } = new();

    public Scope? Refused { get; set; }

    public IMemoryStore Around(IMemoryStore store)
    {
        IMemoryStore watched = Substitute.For<IMemoryStore>();
        watched.GetItemsAsync(default!, default!, default).ReturnsForAnyArgs(call =>
            store.GetItemsAsync(call.ArgAt<string>(0), call.ArgAt<IReadOnlyList<string>>(1), call.ArgAt<CancellationToken>(2)));
        watched.FindCountedAsync(default!, default!, default).ReturnsForAnyArgs(call =>
            store.FindCountedAsync(call.ArgAt<Scope>(0), call.ArgAt<IReadOnlyList<Citation>>(1), call.ArgAt<CancellationToken>(2)));
        watched.ApplyAsync(default!, default).ReturnsForAnyArgs(call =>
        {
            StoreBatch batch = call.ArgAt<StoreBatch>(0);
            if (batch.Scope == Refused)
            {
                return Task.FromException(new IOException("The store is away."));
            }

            Batches.Enqueue(batch);
            return store.ApplyAsync(batch, call.ArgAt<CancellationToken>(1));
        });
        return watched;
    }
}
