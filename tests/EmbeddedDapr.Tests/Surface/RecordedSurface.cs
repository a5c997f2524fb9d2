namespace EmbeddedDapr.Tests.Surface;

/// <summary>A type as the official packages declare it: its header and a line for each member.</summary>
internal sealed record RecordedType(string Kind, string Name, IReadOnlyList<string> Bases, IReadOnlyList<string> Members);

/// <summary>The signatures recorded from the official packages.</summary>
internal static class RecordedSurface
{
    public static IReadOnlyDictionary<string, RecordedType> Read()
    {
        var types = new Dictionary<string, RecordedType>(StringComparer.Ordinal);
        foreach (string resource in typeof(RecordedSurface).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".txt", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(typeof(RecordedSurface).Assembly.GetManifestResourceStream(resource)!);
            List<string>? members = null;
            while (reader.ReadLine() is { } line)
            {
                if (line.StartsWith("    ", StringComparison.Ordinal))
                {
                    members!.Add(line.Trim());
                }
                else if (line is [not '#', ..])
                {
                    members = [];
                    RecordedType type = Header(line, members);
                    types[type.Name] = type;
                }
            }
        }

        return types;
    }

    /// <summary>The name of the member that a line declares, up to its type parameters.</summary>
    public static string NameOf(string member)
    {
        int parameters = member.IndexOf('(', StringComparison.Ordinal);
        string before = parameters < 0 ? member[..member.IndexOf('{', StringComparison.Ordinal)].Trim() : member[..parameters];

        // A name's own type parameters hold no space before them: "Task<T> GetAsync<T, U>".
        string name = before;
        if (before.EndsWith('>'))
        {
            int depth = 0;
            int start = before.Length;
            do
            {
                start--;
                depth += before[start] switch { '>' => 1, '<' => -1, _ => 0 };
            }
            while (depth > 0);
            name = before[..start];
        }

        return name[(name.LastIndexOf(' ') + 1)..];
    }

    private static RecordedType Header(string line, List<string> members)
    {
        string[] parts = line.Split(" : ", 2);
        int space = parts[0].LastIndexOf(' ', parts[0].Contains('<', StringComparison.Ordinal) ? parts[0].IndexOf('<', StringComparison.Ordinal) : parts[0].Length - 1);
        return new RecordedType(parts[0][..space], parts[0][(space + 1)..], parts.Length == 1 ? [] : SplitTopLevel(parts[1]), members);
    }

    private static List<string> SplitTopLevel(string list)
    {
        var items = new List<string>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < list.Length; i++)
        {
            depth += list[i] switch { '<' => 1, '>' => -1, _ => 0 };
            if (list[i] == ',' && depth == 0)
            {
                items.Add(list[start..i].Trim());
                start = i + 1;
            }
        }

        items.Add(list[start..].Trim());
        return items;
    }
}
