using MemoryDapr.Types;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryDapr.Recall;

/// <summary>Registers the stage.</summary>
internal static class RecallServices
{
    public static IServiceCollection AddRecall(this IServiceCollection services) =>
        services.AddCheckedOptions<RecallOptions, RecallOptionsValidator>("Recall").AddSingleton<MemoryRecall>();
}
