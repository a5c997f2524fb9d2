using System.Text.Json.Serialization;
using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>How much the neighbours of an item count in its terms.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WeightClass>))]
public enum WeightClass
{
    /// <summary>By the scope's mean item length.</summary>
    Auto,

    /// <summary>For short items, where the neighbour names the topic that the answer answers.</summary>
    Full,

    /// <summary>For long items, where a long neighbour would drown the item's own words.</summary>
    Light,
}
