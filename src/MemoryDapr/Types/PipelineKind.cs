using System.Text.Json.Serialization;

namespace MemoryDapr.Types;

/// <summary>What a pipeline does.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PipelineKind>))]
public enum PipelineKind
{
    /// <summary>Turns to episodes.</summary>
    Distill,

    /// <summary>Episodes to facts.</summary>
    Promote,
}
