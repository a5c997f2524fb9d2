using System.Text;
using System.Text.Json;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite;

/// <summary>
/// Reads an item as <see cref="Rows.ToJson"/> wrote it, field by field: the winners of every search come through here, and the
/// serializer, which knows no better way to call a record's constructor than by reflection, takes four times as long.
/// </summary>
internal static class ItemJson
{
    private static readonly (byte[] Name, MemoryKind Value)[] Kinds = Names<MemoryKind>();
    private static readonly (byte[] Name, TurnRole Value)[] Roles = Names<TurnRole>();

    /// <summary>The item; fields that this release does not know are passed over, and so is the salience, which has its own columns.</summary>
    /// <exception cref="JsonException">It is no item.</exception>
    public static MemoryItem Read(ReadOnlySpan<byte> json, SalienceLevel salience)
    {
        var reader = new Utf8JsonReader(json);
        var fields = new ItemFields { Salience = salience };
        reader.Read();
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null && !ReadText(ref reader, name, ref fields) && !ReadOther(ref reader, name, json, ref fields))
            {
                reader.Skip();
            }
        }

        Expect(ref reader, JsonTokenType.EndObject);
        return fields.ToItem();
    }

    /// <summary>The facts of an episode of this session.</summary>
    public static List<EpisodeFact> ReadFacts(ReadOnlySpan<byte> json, string? session)
    {
        List<EpisodeFact> facts = [];
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            string? text = null;
            List<TurnSource> sources = [];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isText = reader.ValueTextEquals("text"u8);
                bool isSources = reader.ValueTextEquals("sources"u8);
                reader.Read();
                if (isText)
                {
                    text = reader.GetString();
                }
                else if (isSources)
                {
                    sources = ReadSources(ref reader, session, null);
                }
                else
                {
                    reader.Skip();
                }
            }

            facts.Add(new EpisodeFact(text!, sources));
        }

        return facts;
    }

    private static bool ReadText(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ref ItemFields fields)
    {
        if (name.SequenceEqual("id"u8))
        {
            fields.Id = reader.GetString();
        }
        else if (name.SequenceEqual("text"u8))
        {
            fields.Text = reader.GetString();
        }
        else if (name.SequenceEqual("title"u8))
        {
            fields.Title = reader.GetString();
        }
        else if (name.SequenceEqual("sessionId"u8))
        {
            fields.SessionId = reader.GetString();
        }
        else if (name.SequenceEqual("turnId"u8))
        {
            fields.TurnId = reader.GetString();
        }
        else if (name.SequenceEqual("speaker"u8))
        {
            fields.Speaker = reader.GetString();
        }
        else
        {
            return ReadTime(ref reader, name, ref fields);
        }

        return true;
    }

    private static bool ReadTime(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ref ItemFields fields)
    {
        if (name.SequenceEqual("at"u8))
        {
            fields.At = reader.GetDateTimeOffset();
        }
        else if (name.SequenceEqual("until"u8))
        {
            fields.Until = reader.GetDateTimeOffset();
        }
        else if (name.SequenceEqual("validFrom"u8))
        {
            fields.ValidFrom = reader.GetDateTimeOffset();
        }
        else if (name.SequenceEqual("validTo"u8))
        {
            fields.ValidTo = reader.GetDateTimeOffset();
        }
        else if (name.SequenceEqual("createdAt"u8))
        {
            fields.CreatedAt = reader.GetDateTimeOffset();
        }
        else if (name.SequenceEqual("updatedAt"u8))
        {
            fields.UpdatedAt = reader.GetDateTimeOffset();
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool ReadOther(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json, ref ItemFields fields)
    {
        if (name.SequenceEqual("scope"u8))
        {
            (string? tenant, string? user) = ReadPair(ref reader, "tenant"u8, "user"u8, default, default);
            fields.Scope = new Scope(tenant!, user!);
        }
        else if (name.SequenceEqual("kind"u8))
        {
            fields.Kind = ReadName(ref reader, Kinds);
        }
        else if (name.SequenceEqual("role"u8))
        {
            fields.Role = ReadName(ref reader, Roles);
        }
        else if (name.SequenceEqual("ordinal"u8))
        {
            fields.Ordinal = reader.GetInt64();
        }
        else if (name.SequenceEqual("version"u8))
        {
            fields.Version = reader.GetInt64();
        }
        else if (name.SequenceEqual("hasClientId"u8))
        {
            fields.HasClientId = reader.GetBoolean();
        }
        else if (name.SequenceEqual("pinned"u8))
        {
            fields.Pinned = reader.GetBoolean();
        }
        else if (name.SequenceEqual("promoted"u8))
        {
            fields.Promoted = reader.GetBoolean();
        }
        else if (name.SequenceEqual("sources"u8))
        {
            fields.Sources = ReadSources(ref reader, fields.SessionId, fields.TurnId);
        }
        else if (name.SequenceEqual("facts"u8))
        {
            Expect(ref reader, JsonTokenType.StartArray);
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            ReadOnlySpan<byte> facts = json[start..(int)reader.BytesConsumed];
            fields.Facts = facts.SequenceEqual("[]"u8) ? [] : new StoredFacts(facts.ToArray(), fields.SessionId);
        }
        else if (name.SequenceEqual("derivedFrom"u8))
        {
            fields.DerivedFrom = JsonSerializer.Deserialize<List<string>>(ref reader, MemoryJson.Options);
        }
        else if (name.SequenceEqual("metadata"u8))
        {
            fields.Metadata = JsonSerializer.Deserialize<Dictionary<string, MetadataValue>>(ref reader, MemoryJson.Options);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static List<TurnSource> ReadSources(ref Utf8JsonReader reader, string? session, string? turn)
    {
        List<TurnSource> sources = [];
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            (string? sessionId, string? turnId) = ReadPair(ref reader, "sessionId"u8, "turnId"u8, session, turn);
            sources.Add(new TurnSource(sessionId!, turnId!));
        }

        return sources;
    }

    // Most sources repeat what the item itself says: then its strings are taken, not copied.
    private static (string? First, string? Second) ReadPair(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, string? knownFirst, string? knownSecond)
    {
        (string? First, string? Second) pair = default;
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isFirst = reader.ValueTextEquals(first);
            bool isSecond = reader.ValueTextEquals(second);
            reader.Read();
            if (isFirst)
            {
                pair.First = knownFirst is not null && reader.ValueTextEquals(knownFirst) ? knownFirst : reader.GetString();
            }
            else if (isSecond)
            {
                pair.Second = knownSecond is not null && reader.ValueTextEquals(knownSecond) ? knownSecond : reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        return pair;
    }

    private static T ReadName<T>(ref Utf8JsonReader reader, (byte[] Name, T Value)[] names)
    {
        foreach ((byte[] name, T value) in names)
        {
            if (reader.ValueTextEquals(name))
            {
                return value;
            }
        }

        throw new JsonException($"'{reader.GetString()}' is no {typeof(T).Name}.");
    }

    private static (byte[] Name, T Value)[] Names<T>()
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(value => (Encoding.UTF8.GetBytes(JsonNamingPolicy.CamelCase.ConvertName(value.ToString())), value))];

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
        {
            throw new JsonException($"There is {reader.TokenType} where {token} belongs.");
        }
    }
}
