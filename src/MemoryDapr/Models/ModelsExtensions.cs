using MemoryDapr.Stores;
using MemoryDapr.Types;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryDapr.Models;

/// <summary>Registers the models.</summary>
internal static class ModelsExtensions
{
    /// <summary>Adds the chat model and the embedder, or what stands for none. The container needs a <c>DaprClient</c>.</summary>
    public static IServiceCollection AddModels(this IServiceCollection services) => services
        .AddCheckedOptions<ModelsOptions, ModelsOptionsValidator>("Models")
        .AddSingleton<OpenAIClients>()
        .AddSingleton<ModelCalls>()
        .AddSingleton<ITextSimilarity, HashedSimilarity>()
        .AddSingleton<IChatModel>(provider => provider.GetRequiredService<ModelsOptions>().ChatModel.Length == 0
            ? new NoChatModel()
            : ActivatorUtilities.CreateInstance<OpenAIChatModel>(provider))
        .AddSingleton<IEmbedder>(provider => provider.GetRequiredService<ModelsOptions>().EmbeddingModel.Length == 0
            ? new NoEmbedder()
            : ActivatorUtilities.CreateInstance<OpenAIEmbedder>(provider));
}
