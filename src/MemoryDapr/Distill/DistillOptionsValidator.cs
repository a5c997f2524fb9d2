using FluentValidation;

namespace MemoryDapr.Distill;

internal sealed class DistillOptionsValidator : AbstractValidator<DistillOptions>
{
    public DistillOptionsValidator()
    {
        RuleFor(options => options.MaxTurnsPerEpisode).InclusiveBetween(3, 100);
        RuleFor(options => options.EpisodeGap).InclusiveBetween(TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        RuleFor(options => options.SummaryCharacters).InclusiveBetween(200, 4000);
        RuleFor(options => options.MaxFactsPerEpisode).InclusiveBetween(1, 100);
    }
}
