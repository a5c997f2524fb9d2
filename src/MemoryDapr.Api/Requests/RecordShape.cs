using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MemoryDapr.Api.Requests;

/// <summary>What <see cref="JsonBinder"/> knows of a type: asked of the serializer's reflection once, since every request has some values.</summary>
internal sealed class RecordShape
{
    private static readonly JsonSerializerOptions Options = MakeOptions();
    private static readonly ConcurrentDictionary<Type, RecordShape> Known = new();

    private RecordShape(JsonTypeInfo info)
    {
        Element = info.Kind == JsonTypeInfoKind.Enumerable ? info.ElementType : null;
        Create = info.CreateObject;
        Fields = [.. info.Properties.Where(property => property.Set is not null)
            .Select(property => new RecordField(property.Name, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, property.Set!))];
    }

    /// <summary>The type of a list's elements; null for a record.</summary>
    public Type? Element { get; }

    /// <summary>Makes an empty record; null where none can be made.</summary>
    public Func<object>? Create { get; }

    /// <summary>A record's fields.</summary>
    public RecordField[] Fields { get; }

    /// <summary>The shape of a type of the contract.</summary>
    public static RecordShape Of(Type type) => Known.GetOrAdd(type, static key => new RecordShape(Options.GetTypeInfo(key)));

    /// <summary>The place of the field of that name; -1 if there is none.</summary>
    public int Find(string name)
    {
        for (int i = 0; i < Fields.Length; i++)
        {
            if (Fields[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    // Options that may still change make every shape anew, by reflection, each time it is asked for.
    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        options.MakeReadOnly();
        return options;
    }
}
