using System.Text;
using System.Text.Json;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite;

/// <summary>
/// Reads an item as <see cref="Rows.ToJson"/> wrote it: the winners of every search come through here. The fields are asked for in the
/// order in which they are written, so that each is found at once; in any other order they are found all the same.
/// </summary>
internal static class ItemJson
{
    /// <summary>How many turns an episode rests on, about.</summary>
    private const int SourcesOfMany = 16;

    private static readonly (byte[] Name, MemoryKind Value)[] Kinds = Names<MemoryKind>();
    private static readonly (byte[] Name, TurnRole Value)[] Roles = Names<TurnRole>();

    /// <summary>The item; fields that this release does not know are passed over, and so is the salience, which has its own columns.</summary>
    /// <param name="json">The row's JSON.</param>
    /// <param name="salience">The row's salience.</param>
    /// <param name="expected">Whose it most likely is: the same scope is not made again for each of its items.</param>
    /// <param name="withFacts">Whether an episode's facts are wanted.</param>
    /// <exception cref="JsonException">It is no item.</exception>
    public static MemoryItem Read(ReadOnlySpan<byte> json, SalienceLevel salience, Scope? expected = null, bool withFacts = true)
    {
        var row = new JsonScanner(json);
        var fields = new ItemFields { Salience = salience };
        row.Take('{');
        while (!row.TryTake('}'))
        {
            int before = row.Position;
            ReadContent(ref row, ref fields, expected);
            ReadPlace(ref row, ref fields);
            ReadOrigin(ref row, ref fields, withFacts);
            ReadState(ref row, ref fields);
            if (row.Position == before)
            {
                row.SkipField();
            }
        }

        return fields.ToItem();
    }

    /// <summary>The facts of an episode of this session.</summary>
    public static List<EpisodeFact> ReadFacts(ReadOnlySpan<byte> json, string? session)
    {
        List<EpisodeFact> facts = [];
        var row = new JsonScanner(json);
        row.Take('[');
        while (!row.TryTake(']'))
        {
            string? text = null;
            IReadOnlyList<TurnSource> sources = [];
            row.TryTake(',');
            row.Take('{');
            while (!row.TryTake('}'))
            {
                if (row.TryField("text"u8))
                {
                    text = row.ReadText();
                }
                else if (row.TryField("sources"u8))
                {
                    sources = ReadSources(ref row, session, null, 1);
                }
                else
                {
                    row.SkipField();
                }
            }

            facts.Add(new EpisodeFact(text!, sources));
        }

        return facts;
    }

    private static void ReadContent(ref JsonScanner row, ref ItemFields fields, Scope? expected)
    {
        if (row.TryField("id"u8))
        {
            fields.Id = row.ReadText();
        }

        if (row.TryField("scope"u8))
        {
            fields.Scope = ReadScope(ref row, expected);
        }

        if (row.TryField("kind"u8))
        {
            fields.Kind = Find(ref row, Kinds);
        }

        if (row.TryField("text"u8))
        {
            fields.Text = row.ReadText();
        }

        if (row.TryField("title"u8))
        {
            fields.Title = row.ReadText();
        }
    }

    private static void ReadPlace(ref JsonScanner row, ref ItemFields fields)
    {
        if (row.TryField("sessionId"u8))
        {
            fields.SessionId = row.ReadText();
        }

        if (row.TryField("turnId"u8))
        {
            fields.TurnId = row.ReadText();
        }

        if (row.TryField("ordinal"u8))
        {
            fields.Ordinal = row.ReadNumber();
        }

        if (row.TryField("role"u8))
        {
            fields.Role = Find(ref row, Roles);
        }

        if (row.TryField("speaker"u8))
        {
            fields.Speaker = row.ReadText();
        }

        if (row.TryField("hasClientId"u8))
        {
            fields.HasClientId = row.ReadFlag();
        }

        if (row.TryField("at"u8))
        {
            fields.At = row.ReadTime();
        }

        if (row.TryField("until"u8))
        {
            fields.Until = row.ReadTime();
        }
    }

    private static void ReadOrigin(ref JsonScanner row, ref ItemFields fields, bool withFacts)
    {
        if (row.TryField("sources"u8))
        {
            fields.Sources = ReadSources(ref row, fields.SessionId, fields.TurnId, fields.TurnId is null ? SourcesOfMany : 1);
        }

        if (row.TryField("facts"u8))
        {
            // Most of an episode, and rarely asked for: not even walked through.
            ReadOnlySpan<byte> facts = row.SkipTo(",\"derivedFrom\":"u8);
            fields.Facts = facts.Length <= 2 || !withFacts ? [] : new StoredFacts(facts.ToArray(), fields.SessionId);
        }

        if (row.TryField("derivedFrom"u8))
        {
            fields.DerivedFrom = ReadTexts(ref row);
        }

        if (row.TryField("validFrom"u8))
        {
            fields.ValidFrom = row.ReadTime();
        }

        if (row.TryField("validTo"u8))
        {
            fields.ValidTo = row.ReadTime();
        }
    }

    private static void ReadState(ref JsonScanner row, ref ItemFields fields)
    {
        if (row.TryField("metadata"u8))
        {
            fields.Metadata = JsonSerializer.Deserialize<Dictionary<string, MetadataValue>>(row.Skip(), MemoryJson.Options);
        }

        if (row.TryField("pinned"u8))
        {
            fields.Pinned = row.ReadFlag();
        }

        if (row.TryField("promoted"u8))
        {
            fields.Promoted = row.ReadFlag();
        }

        if (row.TryField("createdAt"u8))
        {
            fields.CreatedAt = row.ReadTime();
        }

        if (row.TryField("updatedAt"u8))
        {
            fields.UpdatedAt = row.ReadTime();
        }

        if (row.TryField("version"u8))
        {
            fields.Version = row.ReadNumber();
        }
    }

    private static Scope ReadScope(ref JsonScanner row, Scope? expected)
    {
        (string? tenant, string? user) = ReadPair(ref row, "tenant"u8, "user"u8, expected?.Tenant, expected?.User);
        bool isExpected = expected is not null && ReferenceEquals(tenant, expected.Tenant) && ReferenceEquals(user, expected.User);
        return isExpected ? expected! : new Scope(tenant!, user!);
    }

    private static List<TurnSource> ReadSources(ref JsonScanner row, string? session, string? turn, int about)
    {
        List<TurnSource> sources = new(about);
        row.Take('[');
        while (!row.TryTake(']'))
        {
            row.TryTake(',');
            (string? sessionId, string? turnId) = ReadPair(ref row, "sessionId"u8, "turnId"u8, session, turn);
            sources.Add(new TurnSource(sessionId!, turnId!));
        }

        return sources;
    }

    // Most sources repeat what the item itself says: then its strings are taken, not copied.
    private static (string? First, string? Second) ReadPair(
        ref JsonScanner row, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, string? knownFirst, string? knownSecond)
    {
        (string? First, string? Second) pair = default;
        row.Take('{');
        while (!row.TryTake('}'))
        {
            if (row.TryField(first))
            {
                pair.First = row.ReadText(knownFirst);
            }
            else if (row.TryField(second))
            {
                pair.Second = row.ReadText(knownSecond);
            }
            else
            {
                row.SkipField();
            }
        }

        return pair;
    }

    private static List<string> ReadTexts(ref JsonScanner row)
    {
        List<string> texts = [];
        row.Take('[');
        while (!row.TryTake(']'))
        {
            row.TryTake(',');
            texts.Add(row.ReadText());
        }

        return texts;
    }

    private static T Find<T>(ref JsonScanner row, (byte[] Name, T Value)[] names)
    {
        ReadOnlySpan<byte> written = row.ReadName();
        foreach ((byte[] name, T value) in names)
        {
            if (written.SequenceEqual(name))
            {
                return value;
            }
        }

        throw row.Broken();
    }

    private static (byte[] Name, T Value)[] Names<T>()
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(value => (Encoding.UTF8.GetBytes(JsonNamingPolicy.CamelCase.ConvertName(value.ToString())), value))];
}
