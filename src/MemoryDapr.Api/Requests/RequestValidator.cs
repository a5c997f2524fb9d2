using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Results;
using FluentValidation.Validators;

namespace MemoryDapr.Api.Requests;

/// <summary>
/// The rules of a request. Most of its fields are not there, and every rule but <see cref="Rules.Required"/> holds for what is not:
/// those rules are not even run.
/// </summary>
internal abstract class RequestValidator<T> : AbstractValidator<T>, IValidatorSelector
{
    private HashSet<IValidationRule>? _demanding;

    // Rules are added after this is constructed.
    private HashSet<IValidationRule> Demanding => _demanding ??= [.. this.Where(IsDemanding)];

    /// <summary>What the request breaks.</summary>
    public ValidationResult Check(T request) => Validate(new ValidationContext<T>(request, null, this));

    /// <summary>Whether the rule may be broken. Rules of what is inside the request's fields always may.</summary>
    public bool CanExecute(IValidationRule rule, string propertyPath, IValidationContext context) =>
        context.IsChildContext
        || rule is not IValidationRule<T> own
        || own.GetPropertyValue((T)context.InstanceToValidate) is not null
        || Demanding.Contains(rule);

    private static bool IsDemanding(IValidationRule rule) =>
        rule.DependentRules?.Any() == true || rule.Components.Any(component => component.Validator is INotNullValidator or INotEmptyValidator);
}
