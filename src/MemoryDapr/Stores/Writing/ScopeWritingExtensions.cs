using Microsoft.Extensions.DependencyInjection;

namespace MemoryDapr.Stores.Writing;

/// <summary>Registers what the one writer of a scope is made of.</summary>
internal static class ScopeWritingExtensions
{
    /// <summary>Needs an <see cref="IMemoryStore"/>, <see cref="Types.ISessionWindows"/>, an <see cref="IDerivedRebuilder"/> and an <see cref="ITextSimilarity"/>.</summary>
    public static IServiceCollection AddScopeWriters(this IServiceCollection services) => services
        .AddSingleton<SourceCheck>()
        .AddSingleton<SimilarItems>()
        .AddSingleton<TurnIndexer>()
        .AddSingleton<VectorWriter>()
        .AddSingleton<DerivedWriter>()
        .AddSingleton<PipelineRecorder>()
        .AddSingleton<CitationCounter>()
        .AddSingleton<ItemWriter>()
        .AddSingleton<Eraser>()
        .AddSingleton<ErasedLines>()
        .AddSingleton<ImportedSessions>()
        .AddSingleton<Importer>()
        .AddSingleton<ScopeWriters>();
}
