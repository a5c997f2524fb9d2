using FluentValidation;

namespace MemoryDapr.Sessions;

/// <summary>Checks <see cref="SessionsOptions"/>.</summary>
internal sealed class SessionsOptionsValidator : AbstractValidator<SessionsOptions>
{
    public SessionsOptionsValidator()
    {
        RuleFor(options => options.Window).InclusiveBetween(1, 100);
        RuleFor(options => options.TurnsPerPipeline).InclusiveBetween(1, 50);
        RuleFor(options => options.IdleAfter).InclusiveBetween(TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));
        RuleFor(options => options.TimeToLive).InclusiveBetween(TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        RuleFor(options => options.CatchUpPeriod).InclusiveBetween(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        RuleFor(options => options.CatchUpParallelism).InclusiveBetween(1, 64);
        RuleFor(options => options.CatchUpCapacity).InclusiveBetween(100, 1_000_000);
        RuleFor(options => options.CatchUpTimeout).InclusiveBetween(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        RuleFor(options => options.DrainTimeout).InclusiveBetween(TimeSpan.Zero, TimeSpan.FromMinutes(1));
        RuleFor(options => options.DeactivateAfter).InclusiveBetween(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
    }
}
