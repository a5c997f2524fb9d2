using FluentValidation;
using FluentValidation.Results;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Requests;

/// <summary>
/// The rules that several requests share. Each has a stable name, its error code. None but <see cref="Required"/> is broken by what is
/// not there.
/// </summary>
internal static class Rules
{
    private const int MaxMetadataKeys = 16;
    private const int MaxMetadataText = 256;

    /// <summary>Must be there.</summary>
    public static IRuleBuilderOptions<T, TValue?> Required<T, TValue>(this IRuleBuilder<T, TValue?> rule) =>
        rule.NotNull().WithErrorCode("required").WithMessage("Is required.");

    /// <summary>Must have the form, if it is there.</summary>
    public static IRuleBuilderOptions<T, string?> HasForm<T>(this IRuleBuilder<T, string?> rule, TextForm form) =>
        rule.Must(value => value is null || form.Holds(value)).WithErrorCode(form.Rule).WithMessage(form.Message);

    /// <summary>Must have 1 to <paramref name="most"/> characters (UTF-16 code units), if it is there.</summary>
    public static IRuleBuilderOptions<T, string?> HasLength<T>(this IRuleBuilder<T, string?> rule, int most) =>
        rule.Must(value => value is null || (value.Length >= 1 && value.Length <= most))
            .WithErrorCode("length").WithMessage($"Must have 1 to {most} characters.");

    /// <summary>Must not be blank, if it is there.</summary>
    public static IRuleBuilderOptions<T, string?> IsNotBlank<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(value => value is null || !string.IsNullOrWhiteSpace(value))
            .WithErrorCode("blank").WithMessage("Must not be blank.");

    /// <summary>Must be one line without control characters, if it is there: a name.</summary>
    public static IRuleBuilderOptions<T, string?> IsName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(value => value is null || !value.Any(char.IsControl))
            .WithErrorCode("text").WithMessage("Must not have control characters.");

    /// <summary>Must be from <paramref name="least"/> to <paramref name="most"/>, if it is there.</summary>
    public static IRuleBuilderOptions<T, int?> IsInRange<T>(this IRuleBuilder<T, int?> rule, int least, int most) =>
        rule.Must(value => value is null || (value >= least && value <= most))
            .WithErrorCode("range").WithMessage($"Must be from {least} to {most}.");

    /// <summary>Must have <paramref name="least"/> to <paramref name="most"/> elements, if it is there.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<TElement>?> HasCount<T, TElement>(
        this IRuleBuilder<T, IReadOnlyList<TElement>?> rule, int least, int most) =>
        rule.Must(list => list is null || (list.Count >= least && list.Count <= most))
            .WithErrorCode("count").WithMessage($"Must have {least} to {most} elements.");

    /// <summary>At most 16 keys of a plain form, with short values.</summary>
    public static IRuleBuilderOptionsConditions<T, IReadOnlyDictionary<string, MetadataValue>?> IsMetadata<T>(
        this IRuleBuilder<T, IReadOnlyDictionary<string, MetadataValue>?> rule) =>
        rule.Custom((metadata, context) =>
        {
            if (metadata is null)
            {
                return;
            }

            if (metadata.Count > MaxMetadataKeys)
            {
                context.AddFailure(Broken(context.PropertyPath, null, "count", $"Must have at most {MaxMetadataKeys} keys."));
            }

            foreach ((string key, MetadataValue value) in metadata)
            {
                if (!TextForms.MetadataKey.Holds(key))
                {
                    context.AddFailure(Broken(context.PropertyPath, key, TextForms.MetadataKey.Rule, TextForms.MetadataKey.Message));
                }

                if (value.Text?.Length > MaxMetadataText)
                {
                    context.AddFailure(Broken(context.PropertyPath, key, "length", $"A text must have at most {MaxMetadataText} characters."));
                }
            }
        });

    private static ValidationFailure Broken(string path, string? key, string rule, string message) =>
        new(path, message) { ErrorCode = rule, CustomState = key };
}
