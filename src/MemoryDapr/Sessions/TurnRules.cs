using System.Text.RegularExpressions;
using FluentValidation;
using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>The rules of everything that is part of a turn, for every way by which turns come in.</summary>
internal static partial class TurnRules
{
    /// <summary>The most turns of one append.</summary>
    public const int MaxTurns = 100;

    /// <summary>The most characters of a turn's content, in UTF-16 units.</summary>
    public const int MaxContentCharacters = 32_000;

    /// <summary>The most characters of a speaker's name.</summary>
    public const int MaxSpeakerCharacters = 100;

    /// <summary>The most properties of a turn, and of any other item.</summary>
    public const int MaxMetadataKeys = 16;

    /// <summary>The most characters of a property's text.</summary>
    public const int MaxMetadataCharacters = 256;

    /// <summary>The user where no session and no client names one.</summary>
    public const string DefaultUser = "default";

    /// <summary>The id of a tenant, a user or a session.</summary>
    public static IRuleBuilderOptions<T, string?> IsName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Matches(Name()).WithErrorCode("name").WithMessage("must match ^[a-zA-Z0-9_-]{1,100}$");

    /// <summary>An id that a client gives to a turn or a document.</summary>
    public static IRuleBuilderOptions<T, string?> IsClientId<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Matches(ClientId()).WithErrorCode("id").WithMessage("must match ^[A-Za-z0-9._:-]{1,200}$");

    /// <summary>Text to remember: not blank, bounded, and storable (no half of a surrogate pair, no NUL).</summary>
    public static IRuleBuilderOptions<T, string?> IsContent<T>(this IRuleBuilder<T, string?> rule, int maxCharacters) =>
        rule.NotNull().WithErrorCode("required").WithMessage("is required")
            .Must(text => text is null || !string.IsNullOrWhiteSpace(text)).WithErrorCode("blank").WithMessage("must not be blank")
            .Must(text => text is null || text.Length <= maxCharacters)
            .WithErrorCode("length").WithMessage($"must have at most {maxCharacters} characters")
            .Must(text => text is null || IsStorable(text))
            .WithErrorCode("characters").WithMessage("must be well-formed Unicode without NUL");

    /// <summary>The application's own properties.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyDictionary<string, MetadataValue>?> IsMetadata<T>(
        this IRuleBuilder<T, IReadOnlyDictionary<string, MetadataValue>?> rule) =>
        rule.Must(metadata => metadata is null || metadata.Count <= MaxMetadataKeys)
            .WithErrorCode("count").WithMessage($"must have at most {MaxMetadataKeys} keys")
            .Must(metadata => metadata is null || metadata.Keys.All(key => MetadataKey().IsMatch(key)))
            .WithErrorCode("key").WithMessage("keys must match ^[A-Za-z0-9_]{1,64}$")
            .Must(metadata => metadata is null || metadata.Values.All(value => value.Text is null || IsMetadataText(value.Text)))
            .WithErrorCode("length").WithMessage($"texts must be well-formed and have at most {MaxMetadataCharacters} characters");

    /// <summary>Whether a text can be stored and given back as it is.</summary>
    public static bool IsStorable(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            if (character == '\0' || char.IsLowSurrogate(character))
            {
                return false;
            }

            if (char.IsHighSurrogate(character) && (++i == text.Length || !char.IsLowSurrogate(text[i])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsMetadataText(string text) => text.Length <= MaxMetadataCharacters && IsStorable(text);

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ClientId();

    [GeneratedRegex(@"\A[A-Za-z0-9_]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MetadataKey();
}
