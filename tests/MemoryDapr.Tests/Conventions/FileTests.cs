using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Conventions;

public sealed partial class FileTests
{
    private const int MaxSourceLines = 400;
    private const int MaxTestLines = 600;

    [Fact]
    public void SourceFile_ItsLength_IsBounded()
    {
        string[] tooLong = [.. SourceTree.CodeFiles("src")
            .Where(path => File.ReadLines(path).Count() > MaxSourceLines)
            .Concat(SourceTree.CodeFiles("tests").Where(path => File.ReadLines(path).Count() > MaxTestLines))
            .Select(SourceTree.Relative)];

        tooLong.ShouldBeEmpty();
    }

    [Fact]
    public void SourceFile_OutsideEmbeddedDapr_HoldsOnePublicType()
    {
        string[] crowded = [.. SourceTree.CodeFiles("src")
            .Where(path => !SourceTree.Relative(path).StartsWith("src/EmbeddedDapr/", StringComparison.Ordinal))
            .Where(path => PublicTypes().Count(File.ReadAllText(path)) > 1)
            .Select(SourceTree.Relative)];

        crowded.ShouldBeEmpty();
    }

    [Fact]
    public void SourceFile_ItsComments_PromiseNoLaterWork()
    {
        string[] promising = [.. SourceTree.CodeFiles("src").Concat(SourceTree.CodeFiles("tests"))
            .Where(path => !path.EndsWith(nameof(FileTests) + ".cs", StringComparison.Ordinal))
            .Where(path => Promises().IsMatch(File.ReadAllText(path)))
            .Select(SourceTree.Relative)];

        promising.ShouldBeEmpty();
    }

    [Fact]
    public void Test_ItsName_SaysMethodConditionAndResult()
    {
        string[] misnamed = [.. SourceTree.CodeFiles("tests")
            .SelectMany(path => TestMethods().Matches(File.ReadAllText(path)).Select(match => (path, name: match.Groups[1].Value)))
            .Where(test => test.name.Count(letter => letter == '_') < 2)
            .Select(test => $"{SourceTree.Relative(test.path)}: {test.name}")];

        misnamed.ShouldBeEmpty();
    }

    [GeneratedRegex(@"^public (?:static |sealed |abstract |readonly |partial )*(?:class|record|struct|interface|enum)\b", RegexOptions.Multiline)]
    private static partial Regex PublicTypes();

    [GeneratedRegex(@"//.*\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Promises();

    [GeneratedRegex(@"\[(?:Fact|Theory)[^\]]*\][^(]*?public (?:async )?(?:Task|ValueTask|void) ([A-Za-z0-9_]+)\(", RegexOptions.Singleline)]
    private static partial Regex TestMethods();
}
