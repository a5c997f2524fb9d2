using System.Text.Json;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite;

/// <summary>
/// An item as its row has it, field by field in one order. A recall reads ten of them, which is a good part of its time, and as JSON they
/// took more of it and twice the room.
/// </summary>
/// <remarks>
/// Salience has columns of its own, as it changes without its item. So do an episode's facts: most of its bytes, and rarely asked for.
/// What a later release adds stands at the end, where this one does not look.
/// </remarks>
internal static class ItemRow
{
    private const int Format = 1;

    /// <summary>What the rows of earlier releases begin with: they are JSON, facts and all.</summary>
    private const byte JsonStart = (byte)'{';

    public static byte[] Write(MemoryItem item)
    {
        using var row = new RowWriter();
        row.Number(Format);
        row.Text(item.Id);
        row.Text(item.Scope.Tenant);
        row.Text(item.Scope.User);
        row.Number((int)item.Kind);
        row.Text(item.Text);
        row.Text(item.Title);
        row.Text(item.SessionId);
        row.Text(item.TurnId);
        row.Number(item.Ordinal);
        row.NumberOrNull((int?)item.Role);
        row.Text(item.Speaker);
        row.Flag(item.HasClientId);
        row.Time(item.At);
        row.Time(item.Until);
        WriteSources(row, item.Sources, item.SessionId, item.TurnId);
        row.Number(item.DerivedFrom.Count);
        foreach (string id in item.DerivedFrom)
        {
            row.Text(id);
        }

        row.Time(item.ValidFrom);
        row.Time(item.ValidTo);
        row.Bytes(item.Metadata is null ? null : Rows.ToJson(item.Metadata));
        row.Flag(item.Pinned);
        row.Flag(item.Promoted);
        row.Time(item.CreatedAt);
        row.Time(item.UpdatedAt);
        row.Number(item.Version);
        return row.Written;
    }

    /// <summary>The facts of an item; null if it has none.</summary>
    public static byte[]? WriteFacts(MemoryItem item)
    {
        if (item.Facts.Count == 0)
        {
            return null;
        }

        using var row = new RowWriter();
        row.Number(item.Facts.Count);
        foreach (EpisodeFact fact in item.Facts)
        {
            row.Text(fact.Text);
            WriteSources(row, fact.Sources, item.SessionId, null);
        }

        return row.Written;
    }

    /// <summary>The item of a row.</summary>
    /// <param name="data">The row's bytes.</param>
    /// <param name="facts">Its facts; empty if it has none, or they are not wanted.</param>
    /// <param name="salience">The row's salience.</param>
    /// <param name="expected">Whose it most likely is: the same scope is not made again for each of its items.</param>
    /// <exception cref="InvalidDataException">It is no item.</exception>
    public static MemoryItem Read(ReadOnlySpan<byte> data, ReadOnlySpan<byte> facts, SalienceLevel salience, Scope? expected = null)
    {
        if (data.Length > 0 && data[0] == JsonStart)
        {
            return ReadJson<MemoryItem>(data) with { Salience = salience };
        }

        var row = new RowReader(data);
        if (row.Number() != Format)
        {
            throw row.Broken();
        }

        string id = row.Text();
        Scope scope = ReadScope(ref row, expected);
        var kind = (MemoryKind)row.Number();
        string text = row.Text();
        string? title = row.TextOrNull();
        string? session = row.TextOrNull();
        string? turn = row.TextOrNull();

        // In the order of the bytes: C# evaluates what is assigned from top to bottom.
        return new MemoryItem
        {
            Id = id,
            Scope = scope,
            Kind = kind,
            Text = text,
            Title = title,
            SessionId = session,
            TurnId = turn,
            Ordinal = row.Number(),
            Role = (TurnRole?)row.NumberOrNull(),
            Speaker = row.TextOrNull(),
            HasClientId = row.Flag(),
            At = row.Time(),
            Until = row.TimeOrNull(),
            Sources = ReadSources(ref row, session, turn),
            DerivedFrom = ReadTexts(ref row),
            ValidFrom = row.TimeOrNull(),
            ValidTo = row.TimeOrNull(),
            Metadata = ReadMetadata(ref row),
            Pinned = row.Flag(),
            Promoted = row.Flag(),
            CreatedAt = row.Time(),
            UpdatedAt = row.Time(),
            Version = row.Number(),
            Facts = facts.IsEmpty ? [] : ReadFacts(facts, session),
            Salience = salience,
        };
    }

    private static T ReadJson<T>(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, MemoryJson.Options)!;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("An item's JSON is broken.", exception);
        }
    }

    private static Scope ReadScope(ref RowReader row, Scope? expected)
    {
        string tenant = row.Text(expected?.Tenant);
        string user = row.Text(expected?.User);
        bool isExpected = expected is not null && ReferenceEquals(tenant, expected.Tenant) && ReferenceEquals(user, expected.User);
        return isExpected ? expected! : new Scope(tenant, user);
    }

    // Most items rest on a turn of their own session, a turn on itself: then that is not repeated.
    private static void WriteSources(RowWriter row, IReadOnlyList<TurnSource> sources, string? session, string? turn)
    {
        row.Number(sources.Count);
        foreach (TurnSource source in sources)
        {
            row.Text(source.SessionId == session ? null : source.SessionId);
            row.Text(source.TurnId == turn ? null : source.TurnId);
        }
    }

    private static TurnSource[] ReadSources(ref RowReader row, string? session, string? turn)
    {
        int count = row.Count();
        var sources = count == 0 ? [] : new TurnSource[count];
        for (int i = 0; i < sources.Length; i++)
        {
            sources[i] = new TurnSource(row.TextOrNull() ?? session ?? throw row.Broken(), row.TextOrNull() ?? turn ?? throw row.Broken());
        }

        return sources;
    }

    private static string[] ReadTexts(ref RowReader row)
    {
        int count = row.Count();
        string[] texts = count == 0 ? [] : new string[count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = row.Text();
        }

        return texts;
    }

    private static Dictionary<string, MetadataValue>? ReadMetadata(ref RowReader row)
    {
        ReadOnlySpan<byte> json = row.Bytes(out bool isNull);
        return isNull ? null : ReadJson<Dictionary<string, MetadataValue>>(json);
    }

    private static EpisodeFact[] ReadFacts(ReadOnlySpan<byte> bytes, string? session)
    {
        var row = new RowReader(bytes);
        var facts = new EpisodeFact[row.Count()];
        for (int i = 0; i < facts.Length; i++)
        {
            facts[i] = new EpisodeFact(row.Text(), ReadSources(ref row, session, null));
        }

        return facts;
    }
}
