using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Surface;

public class SurfaceTests
{
    private static readonly IReadOnlyDictionary<string, RecordedType> Recorded = RecordedSurface.Read();

    private static readonly Type[] Embedded =
        [.. typeof(EmbeddedRuntime).Assembly.GetExportedTypes().Where(type => !IsOwn(type.Namespace!))];

    [Fact]
    public void PublicTypes_Each_IsAnOfficialOneOfTheSameKindAndBases()
    {
        var faults = new List<string>();
        foreach (Type type in Embedded)
        {
            if (!Recorded.TryGetValue(Signatures.NameOf(type), out RecordedType? official))
            {
                faults.Add($"{Signatures.NameOf(type)} is not in the official packages");
            }
            else if (official.Kind != Signatures.KindOf(type))
            {
                faults.Add($"{official.Name} is a {Signatures.KindOf(type)}, officially a {official.Kind}");
            }
            else
            {
                faults.AddRange(Signatures.BasesOf(type).Except(official.Bases).Select(name => $"{official.Name} is officially no {name}"));
            }
        }

        faults.ShouldBeEmpty();
        Embedded.Length.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void PublicAndProtectedMembers_Each_IsDeclaredLetterForLetterInTheOfficialPackages()
    {
        var faults = new List<string>();
        foreach (Type type in Embedded.Where(type => Recorded.ContainsKey(Signatures.NameOf(type))))
        {
            RecordedType official = Recorded[Signatures.NameOf(type)];
            IEnumerable<string> members = type.IsEnum ? official.Members.SelectMany(line => line.Split(", ")) : official.Members;
            faults.AddRange(Signatures.MembersOf(type).Except(members).Select(member => $"{official.Name}: {member}"));
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public void Methods_OfWhichOneOverloadIsThere_HaveAllOverloads()
    {
        var faults = new List<string>();
        foreach (Type type in Embedded.Where(type => !type.IsEnum && Recorded.ContainsKey(Signatures.NameOf(type))))
        {
            RecordedType official = Recorded[Signatures.NameOf(type)];
            HashSet<string> members = [.. Signatures.MembersOf(type)];
            HashSet<string> names = [.. members.Select(RecordedSurface.NameOf)];
            faults.AddRange(official.Members
                .Where(member => names.Contains(RecordedSurface.NameOf(member)) && !members.Contains(member) && !IsForOldSerializers(member))
                .Select(member => $"{official.Name}: {member}"));
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public void Source_ThrowsNotSupportedOrNotImplemented_Nowhere()
    {
        string[] files = Directory.GetFiles(Path.Combine(Root(), "src", "EmbeddedDapr"), "*.cs", SearchOption.AllDirectories);

        files.Length.ShouldBeGreaterThan(20);
        files.Where(file => Refuses(File.ReadAllText(file))).ShouldBeEmpty();
    }

    // A stream that cannot seek has to say so by this very exception: that is Stream's contract, not a gap.
    private static bool Refuses(string source) =>
        !source.Contains(": Stream", StringComparison.Ordinal)
        && (source.Contains("NotSupportedException", StringComparison.Ordinal) || source.Contains("NotImplementedException", StringComparison.Ordinal));

    // What a host says to the embedded runtime itself has no official counterpart.
    private static bool IsOwn(string name) =>
        name == nameof(EmbeddedDapr) || name.StartsWith($"{nameof(EmbeddedDapr)}.", StringComparison.Ordinal);

    // Constructors of the binary formatter, which .NET no longer has.
    private static bool IsForOldSerializers(string member) => member.Contains("SerializationInfo", StringComparison.Ordinal);

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MemoryDapr.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The solution's folder was not found.");
        }

        return folder;
    }
}
