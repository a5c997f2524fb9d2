using System.Text.Json.Serialization;

namespace EmbeddedDapr.Workflows;

/// <summary>What happened to one task of a workflow. Its short names are the stored format: later versions read them too.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="TaskId">The task: the number of its call, counted from 0 in the order of the workflow's code.</param>
internal sealed record HistoryEvent(
    [property: JsonPropertyName("k")] HistoryEventKind Kind,
    [property: JsonPropertyName("t")] int TaskId)
{
    /// <summary>The activity's name, when one is scheduled.</summary>
    [JsonPropertyName("n")]
    public string? Name { get; init; }

    /// <summary>The input of what is scheduled or the result of what is completed, as JSON.</summary>
    [JsonPropertyName("p")]
    public string? Payload { get; init; }

    /// <summary>When the timer is to fire, in ms since 1970.</summary>
    [JsonPropertyName("f")]
    public long FireAt { get; init; }

    /// <summary>The type of the failure.</summary>
    [JsonPropertyName("e")]
    public string? ErrorType { get; init; }

    /// <summary>The message of the failure.</summary>
    [JsonPropertyName("m")]
    public string? ErrorMessage { get; init; }

    [JsonIgnore]
    public bool IsCompletion => Kind is not (HistoryEventKind.ActivityScheduled or HistoryEventKind.TimerCreated);

    /// <summary>What the workflow asked for, as a person would say it.</summary>
    public string Describe() => Kind == HistoryEventKind.TimerCreated ? $"a timer as task {TaskId}" : $"the activity '{Name}' as task {TaskId}";
}
