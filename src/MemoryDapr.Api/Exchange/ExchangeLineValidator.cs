using FluentValidation;
using MemoryDapr.Api.Requests;

namespace MemoryDapr.Api.Exchange;

/// <summary>The rules of <see cref="ExchangeLine"/>.</summary>
internal sealed class ExchangeLineValidator : RequestValidator<ExchangeLine>
{
    public static ExchangeLineValidator Instance { get; } = new();

    private ExchangeLineValidator()
    {
        RuleFor(line => line.Type).Required();
        When(line => line.Type == ExchangeLineType.Session, () => RuleFor(line => line.Session).Required());
        When(line => line.Type == ExchangeLineType.Item, () => RuleFor(line => line.Item).Required());
        RuleFor(line => line.Session!).SetValidator(new SessionLineValidator()).When(line => line.Session is not null);
        RuleFor(line => line.Item!).SetValidator(new ItemLineValidator()).When(line => line.Item is not null);
    }
}
