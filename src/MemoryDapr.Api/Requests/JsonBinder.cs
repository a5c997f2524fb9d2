using System.Globalization;
using System.Text.Json;
using MemoryDapr.Api.Problems;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Requests;

/// <summary>
/// Builds a request record from JSON and goes on after a fault, so that a client learns of every wrong type, unknown and repeated
/// field at once. A deserializer would stop at the first. What is at fault is left out of the record.
/// </summary>
internal sealed class JsonBinder(List<Fault> faults)
{
    /// <summary>How deeply a body may be nested.</summary>
    public const int MaxDepth = 32;

    /// <summary>How many faults are told: a body of nothing but faults would otherwise be answered by one as large.</summary>
    public const int MaxFaults = 100;

    // Longer than any list of the contract may be: its own rule refuses it, and its elements are not looked at.
    private const int MaxElements = 1000;

    /// <summary>The record, as far as the JSON has it.</summary>
    public T Bind<T>(JsonElement json)
        where T : class, new() =>
        (T?)BindObject(json, RecordShape.Of(typeof(T)), "") ?? new T();

    // Where it stands is put together only when it is needed: for what is in it, and for a fault.
    private object? BindValue(JsonElement json, Type type, string parent, string name)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            // An explicit null is a field that is not there.
            return null;
        }

        if (JsonLeaf.IsLeaf(type))
        {
            object? value = JsonLeaf.Read(json, type, out string rule, out string message);
            return value ?? Refuse(JsonPointer.Append(parent, name), rule, message);
        }

        string pointer = JsonPointer.Append(parent, name);
        if (type == typeof(IReadOnlyDictionary<string, MetadataValue>))
        {
            return BindMetadata(json, pointer);
        }

        RecordShape shape = RecordShape.Of(type);
        return shape.Element is { } element ? BindArray(json, element, pointer) : BindObject(json, shape, pointer);
    }

    private object? BindObject(JsonElement json, RecordShape shape, string pointer)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Refuse(pointer, "type", "Must be an object.");
        }

        object record = shape.Create!();
        Span<bool> seen = stackalloc bool[shape.Fields.Length];
        foreach (JsonProperty field in json.EnumerateObject())
        {
            if (NameOf(field, pointer) is not { } name)
            {
                continue;
            }

            int place = shape.Find(name);
            if (place < 0)
            {
                Refuse(JsonPointer.Append(pointer, name), "unknown", "There is no such field.");
            }
            else if (seen[place])
            {
                Refuse(JsonPointer.Append(pointer, name), "duplicate", "The field is there more than once.");
            }
            else
            {
                seen[place] = true;
                RecordField known = shape.Fields[place];
                if (BindValue(field.Value, known.Type, pointer, name) is { } value)
                {
                    known.Set(record, value);
                }
            }
        }

        return record;
    }

    private Array? BindArray(JsonElement json, Type elementType, string pointer)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            Refuse(pointer, "type", "Must be an array.");
            return null;
        }

        if (json.GetArrayLength() > MaxElements)
        {
            Refuse(pointer, "count", $"Must have at most {MaxElements} elements.");
            return null;
        }

        var elements = Array.CreateInstance(elementType, json.GetArrayLength());
        int index = 0;
        foreach (JsonElement element in json.EnumerateArray())
        {
            string name = index.ToString(CultureInfo.InvariantCulture);
            object? value = BindValue(element, elementType, pointer, name);
            if (element.ValueKind == JsonValueKind.Null)
            {
                Refuse(JsonPointer.Append(pointer, name), "type", "Must not be null.");
            }

            // A place that is at fault keeps its default, so that the others keep their index.
            elements.SetValue(value ?? (elementType.IsValueType ? Activator.CreateInstance(elementType) : Placeholder(elementType)), index++);
        }

        return elements;
    }

    private Dictionary<string, MetadataValue>? BindMetadata(JsonElement json, string pointer)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Refuse(pointer, "type", "Must be an object.");
            return null;
        }

        Dictionary<string, MetadataValue> values = new(StringComparer.Ordinal);
        foreach (JsonProperty field in json.EnumerateObject())
        {
            if (NameOf(field, pointer) is not { } name || faults.Count >= MaxFaults)
            {
                continue;
            }

            string place = JsonPointer.Append(pointer, name);
            object? value = JsonLeaf.Read(field.Value, typeof(MetadataValue), out string rule, out string message);
            if (value is null)
            {
                Refuse(place, rule, message);
            }
            else if (!values.TryAdd(name, (MetadataValue)value))
            {
                Refuse(place, "duplicate", "The field is there more than once.");
            }
        }

        return values;
    }

    private string? NameOf(JsonProperty field, string pointer)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in an escape: there is no such text.
            Refuse(pointer, "text", "A field's name is not valid Unicode text.");
            return null;
        }
    }

    private object? Refuse(string pointer, string rule, string message)
    {
        if (faults.Count < MaxFaults)
        {
            faults.Add(new Fault(pointer, rule, message));
        }

        return null;
    }

    private static object? Placeholder(Type type) => type == typeof(string) ? "" : RecordShape.Of(type).Create?.Invoke();
}
