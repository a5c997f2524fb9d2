using MemoryDapr.Models;
using MemoryDapr.Types;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryDapr.Recall;

/// <summary>Registers the stage.</summary>
internal static class RecallServices
{
    /// <summary>Adds the stage and the models that it may ask. The container needs an <c>IMemoryStore</c> and a <c>DaprClient</c>.</summary>
    public static IServiceCollection AddRecall(this IServiceCollection services) => services
        .AddModels()
        .AddCheckedOptions<RecallOptions, RecallOptionsValidator>("Recall")
        .AddSingleton<RecallIntents>()
        .AddSingleton<QueryEmbedding>()
        .AddSingleton<ModelRerank>()
        .AddSingleton<MemoryRecall>();
}
