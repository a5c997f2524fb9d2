using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using MemoryDapr.Types;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Sessions;

/// <summary>Appends the turns that other services publish.</summary>
/// <remarks>
/// What cannot succeed is dropped, which takes it to the dead letter topic; what fails for now throws, and the broker brings it again.
/// A repeated delivery appends nothing twice: turns without an id get one from the event's.
/// </remarks>
internal sealed partial class TurnsSubscriber(
    TurnAppender appender, IValidator<TurnsEvent> validator, TimeProvider time, ILogger<TurnsSubscriber> logger)
{
    /// <summary>What the broker is told of an event that is done with.</summary>
    public const string Success = "SUCCESS";

    /// <summary>What the broker is told of an event that can never succeed.</summary>
    public const string Drop = "DROP";

    /// <summary>Appends the turns of one CloudEvent and answers what the broker is told.</summary>
    public async Task<string> HandleAsync(Stream body, CancellationToken cancellationToken)
    {
        (string eventId, TurnsEvent? data) = await ReadAsync(body, cancellationToken);
        if (data is null)
        {
            LogUnreadable(logger, eventId);
            return Drop;
        }

        ValidationResult checkedData = await validator.ValidateAsync(data, cancellationToken);
        if (!checkedData.IsValid)
        {
            LogInvalid(logger, eventId, checkedData.Errors.Count, string.Join(", ", checkedData.Errors.Select(error => error.PropertyName).Take(10)));
            return Drop;
        }

        DateTimeOffset now = time.GetUtcNow();
        Turn[] turns = [.. data.Turns!.Select((turn, i) => turn!.ToTurn(FallbackId(eventId, i), now))];
        Outcome<AppendResult> outcome =
            await appender.AppendAsync(new AppendRequest(data.Tenant!, data.SessionId!, data.User, turns), cancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            LogRefused(logger, eventId, refusal.Kind);
            return Drop;
        }

        return Success;
    }

    private static string FallbackId(string eventId, int index) =>
        StableHash.Hex(32, "event", eventId, index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static async Task<(string EventId, TurnsEvent? Data)> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        string eventId = "";
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(body, default, cancellationToken);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("id", out JsonElement id)
                || id.ValueKind != JsonValueKind.String
                || !document.RootElement.TryGetProperty("data", out JsonElement data))
            {
                return (eventId, null);
            }

            // Events are told apart by source and id together.
            string source = document.RootElement.TryGetProperty("source", out JsonElement from) ? from.ToString() : "";
            eventId = StableHash.Hex(32, source, id.GetString()!);
            return (eventId, data.Deserialize<TurnsEvent>(MemoryJson.Options));
        }
        catch (JsonException)
        {
            return (eventId, null);
        }
    }
}
