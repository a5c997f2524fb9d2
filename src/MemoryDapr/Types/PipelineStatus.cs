using System.Text.Json.Serialization;

namespace MemoryDapr.Types;

/// <summary>How far a pipeline is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PipelineStatus>))]
public enum PipelineStatus
{
    /// <summary>Wanted, not begun.</summary>
    Queued,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Between two attempts of a step.</summary>
    Waiting,

    /// <summary>Done.</summary>
    Succeeded,

    /// <summary>Given up; upkeep schedules it again, with backoff.</summary>
    Failed,

    /// <summary>Stopped, because what it was for has been erased.</summary>
    Cancelled,
}
