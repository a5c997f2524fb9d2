using MemoryDapr.Store.Collections;
using Weaviate.Client.Models;

namespace MemoryDapr.Store.Weaviate;

/// <summary>Objects to and from the client's.</summary>
internal static class WeaviateObjects
{
    public static BatchInsertRequest Write(StoredObject stored) => new(
        stored.Properties.ToDictionary(property => property.Key, property => (object?)property.Value, StringComparer.Ordinal),
        stored.Id,
        stored.Vector is null ? null : new Vectors(new NamedVector(CollectionSchema.Vector, (float[])[.. stored.Vector])));

    public static StoredObject Read(WeaviateObject found, ObjectQuery query)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach ((string name, object? value) in found.Properties)
        {
            if (value is not null and not "")
            {
                properties[name] = value;
            }
        }

        return new StoredObject(found.UUID ?? throw new CollectionException("An object of Weaviate has no id."), properties)
        {
            Vector = query.WithVectors && found.Vectors.Count > 0 ? (float[])found.Vectors[CollectionSchema.Vector] : null,
            Score = query.Words is not null ? found.Metadata.Score ?? 0 : query.Near is not null ? 1 - (found.Metadata.Distance ?? 1) : 0,
        };
    }

    /// <summary>About how many bytes an object is in a message.</summary>
    public static int Weigh(StoredObject stored) =>
        200 + (4 * (stored.Vector?.Count ?? 0)) + stored.Properties.Values.Sum(value => value is string text ? 3 * text.Length : 16);
}
