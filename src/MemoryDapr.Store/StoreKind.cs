using System.Text.Json.Serialization;
using MemoryDapr.Types;

namespace MemoryDapr.Store;

/// <summary>What memories are kept in.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<StoreKind>))]
internal enum StoreKind
{
    /// <summary>A file on this machine: one replica.</summary>
    Sqlite,

    /// <summary>A Weaviate that the replicas share.</summary>
    Weaviate,
}
