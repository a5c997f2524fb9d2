using MemoryDapr.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemoryDapr.Stores.Merging;

/// <summary>Registers what brings new and known items together.</summary>
internal static class MergingExtensions
{
    /// <summary>Adds it once, whoever asks.</summary>
    public static IServiceCollection AddMerging(this IServiceCollection services)
    {
        services.TryAddSingleton<RulesJudge>();
        services.TryAddSingleton<ItemMerge>();
        services.TryAddSingleton<Neighbours>();
        services.TryAddSingleton<Consolidation>();
        services.TryAddSingleton<IMergeJudge>(provider => provider.GetRequiredService<IChatModel>().IsEnabled
            ? ActivatorUtilities.CreateInstance<ModelJudge>(provider)
            : provider.GetRequiredService<RulesJudge>());
        return services;
    }
}
