using FluentValidation;

namespace MemoryDapr.Store;

/// <summary>The rules of <see cref="StoreOptions"/>.</summary>
internal sealed class StoreOptionsValidator : AbstractValidator<StoreOptions>
{
    public StoreOptionsValidator()
    {
        RuleFor(options => options.Kind).IsInEnum().WithMessage("must be sqlite or weaviate");
        RuleFor(options => options.Kind)
            .Must(StoreEngines.IsBuiltIn).WithMessage("is not in this program: it was built without Weaviate's client, as the embedded runtime is");
        RuleFor(options => options.Weaviate).SetValidator(new WeaviateOptionsValidator());
        RuleFor(options => options.Directory).NotEmpty().WithMessage("must be a folder");
        RuleFor(options => options.IndexBudgetBytes).GreaterThanOrEqualTo(1024 * 1024).WithMessage("must be at least 1048576 (1 MiB)");
        RuleFor(options => options.Readers).InclusiveBetween(1, 64).WithMessage("must be 1 to 64");
    }
}
