using MemoryDapr.Models;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Writing;
using MemoryDapr.Types;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace MemoryDapr.Tests.Stores.Writing;

/// <summary>The writers of a scope on a SQLite store, with a clock of their own.</summary>
internal sealed class WriterFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public WriterFixture()
    {
        IMemoryStore store = Files.Store;
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(store)
            .AddSingleton(Windows)
            .AddSingleton<ITextSimilarity, HashedSimilarity>()
            .AddSingleton<IDerivedRebuilder, JoiningRebuilder>()
            .AddScopeWriters()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public TemporaryStore Files { get; } = new();

    public FakeTimeProvider Clock { get; } = new(Memories.Start.AddHours(2));

    public ISessionWindows Windows { get; } = Substitute.For<ISessionWindows>();

    public IMemoryStore Store => Files.Store;

    public ScopeWriters Writers => _services.GetRequiredService<ScopeWriters>();

    public DateTimeOffset Now => Clock.GetUtcNow();

    public Turn Said(int ordinal, string content, bool hasClientId = true) => new()
    {
        Id = $"t{ordinal}",
        Ordinal = ordinal,
        Role = TurnRole.User,
        Speaker = "Anna",
        Content = content,
        At = Now,
        ReceivedAt = Now,
        HasClientId = hasClientId,
    };

    public Task<IndexedTurns> IndexAsync(params Turn[] turns) => Writers.Turns.IndexAsync(BatchOf(turns), CancellationToken.None);

    public static TurnBatch BatchOf(params Turn[] turns)
    {
        long next = turns.Max(turn => turn.Ordinal) + 1;
        SessionRecord session = Memories.Session("s1") with { NextOrdinal = next, IndexedTo = next, TurnCount = turns.Length };
        return new TurnBatch(Memories.Anna, [session], [.. turns.Select(turn => new SessionTurn("s1", turn))], []);
    }

    public Task<ErasureRecord> EraseAsync(string key, IReadOnlyList<Turn> turns, IReadOnlyList<string> items, params string[] emptied) =>
        Writers.Erasures.EraseAsync(
            new ErasureStep(
                new ErasureRecord { Key = key, Scope = Memories.Anna, ReceiptId = $"receipt of {key}", RequestedAt = Now },
                [.. turns.Select(turn => new ErasedTurn("s1", turn.Id, turn.HasClientId ? null : turn.ContentHash))],
                items,
                emptied,
                Completes: true,
                Now),
            CancellationToken.None);

    public async Task<IReadOnlyList<string>> TextsAsync() =>
        [.. (await Store.ListItemsAsync(new ItemQuery { Scope = Memories.Anna }, CancellationToken.None)).Items.Select(item => item.Text)];

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Files.DisposeAsync();
    }

    /// <summary>Rebuilds from the words of the turns that are left, and of nothing else.</summary>
    private sealed class JoiningRebuilder : IDerivedRebuilder
    {
        public MemoryItem? Rebuild(MemoryItem item, IReadOnlyList<MemoryItem> remainingTurns, DateTimeOffset now) => item with
        {
            Text = string.Join(' ', remainingTurns.Select(turn => turn.Text)),
            Sources = [.. remainingTurns.SelectMany(turn => turn.Sources)],
            UpdatedAt = now,
            Version = item.Version + 1,
        };
    }
}
