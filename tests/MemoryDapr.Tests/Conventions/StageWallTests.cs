using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Conventions;

public sealed partial class StageWallTests
{
    private static readonly string[] Stages = ["Sessions", "Distill", "Promote", "Recall", "Salience", "Forget", "Upkeep"];
    private static readonly string[] Shared = ["Stores", "Models", "Types", "Telemetry"];

    public static TheoryData<string> EveryFolder => [.. Stages.Concat(Shared)];

    [Theory]
    [MemberData(nameof(EveryFolder))]
    public void Folder_ItsCode_NamesOnlyItselfAndSharedFolders(string folder)
    {
        string[] allowed = [folder, .. Shared];

        string[] trespasses = [.. SourceTree.CodeFiles($"src/MemoryDapr/{folder}")
            .SelectMany(path => NamedFolders(File.ReadAllText(path))
                .Where(named => Stages.Contains(named) && !allowed.Contains(named))
                .Select(named => $"{SourceTree.Relative(path)} names {named}"))];

        trespasses.ShouldBeEmpty();
    }

    [Fact]
    public void Folders_OfTheMemory_AreTheStagesAndTheSharedOnes()
    {
        string[] folders = [.. Directory.GetDirectories(Path.Combine(SourceTree.Root, "src/MemoryDapr"))
            .Select(path => Path.GetFileName(path))
            .Where(name => name is not ("bin" or "obj"))];

        folders.ShouldBe(Stages.Concat(Shared), ignoreOrder: true);
    }

    [Fact]
    public void Application_ItsCode_DoesNotKnowTheRuntime()
    {
        string[] knowing = [.. new[] { "MemoryDapr", "MemoryDapr.Api", "MemoryDapr.Worker", "MemoryDapr.Store" }
            .SelectMany(project => SourceTree.CodeFiles($"src/{project}"))
            .Where(path => RuntimeWords().IsMatch(File.ReadAllText(path)))
            .Select(SourceTree.Relative)];

        // The store is durable by the linked files of EmbeddedDapr/Storage, which know nothing of a runtime, and every app lists
        // the names of meters and spans that may exist.
        knowing.Where(path => !path.StartsWith("src/MemoryDapr.Store/Sqlite/", StringComparison.Ordinal)
            && path != "src/MemoryDapr/Telemetry/TelemetryExtensions.cs").ShouldBeEmpty();
    }

    [Fact]
    public void Actors_WhereverTheyAreCalled_AnswerWithinTheDeclaredTimeout()
    {
        string[] calling = [.. SourceTree.CodeFiles("src/MemoryDapr").Concat(SourceTree.CodeFiles("src/MemoryDapr.Worker"))
            .Where(path => File.ReadAllText(path).Contains("CreateActorProxy", StringComparison.Ordinal))
            .Select(SourceTree.Relative)];

        calling.ShouldBe(["src/MemoryDapr/Types/ActorCalls.cs"]);
    }

    private static IEnumerable<string> NamedFolders(string code) =>
        Named().Matches(code).Select(match => match.Groups[1].Value).Distinct();

    [GeneratedRegex(@"\bMemoryDapr\.([A-Z][A-Za-z]+)\b")]
    private static partial Regex Named();

    [GeneratedRegex(@"\bEmbeddedDapr\b|^\s*#if\b", RegexOptions.Multiline)]
    private static partial Regex RuntimeWords();
}
