using FluentValidation;

namespace MemoryDapr.Models;

internal sealed class ModelsOptionsValidator : AbstractValidator<ModelsOptions>
{
    public ModelsOptionsValidator()
    {
        RuleFor(options => options.ChatModel).MaximumLength(200);
        RuleFor(options => options.EmbeddingModel).MaximumLength(200);
        RuleFor(options => options.EmbeddingQueryPrefix).MaximumLength(200);
        RuleFor(options => options.EmbeddingTextPrefix).MaximumLength(200);
        RuleFor(options => options.EmbeddingDimensions).InclusiveBetween(16, 4096);
        RuleFor(options => options.MaxOutputTokens).InclusiveBetween(256, 32_000);
        RuleFor(options => options.MaxPromptCharacters).InclusiveBetween(4000, 1_000_000);
        RuleFor(options => options.Deadline).InclusiveBetween(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(30));
        RuleFor(options => options.MaxConcurrentCalls).InclusiveBetween(1, 256);
    }
}
