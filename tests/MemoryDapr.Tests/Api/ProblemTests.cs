using System.Text.Json;
using MemoryDapr.Api.Problems;
using MemoryDapr.Stores;
using MemoryDapr.Tests.Conventions;
using MemoryDapr.Types;
using NSubstitute;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Api;

public sealed class ProblemTests
{
    private static string CoverageText => File.ReadAllText(Path.Combine(SourceTree.Root, "tests", "MemoryDapr.Conformance", "coverage.md"));

    [Fact]
    public async Task Request_ErrorInTheProgram_Is500AndTellsNothingOfIt()
    {
        IMemoryStore store = Substitute.For<IMemoryStore>();
        store.GetItemsAsync(default!, default!, default).ReturnsForAnyArgs<IReadOnlyList<MemoryItem>>(_ => throw new InvalidOperationException("The code word is marzipan."));
        await using ApiHost host = await ApiHost.StartAsync(store);

        using HttpResponseMessage response = await host.Client.GetAsync(new Uri("/memory/items/d-0123456789abcdef0123-0123456789abcdef01234567", UriKind.Relative));

        (await ProblemDocument.ReadFaultsAsync(response, 500, "internal")).ShouldBeEmpty();
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("marzipan");
    }

    [Fact]
    public void Coverage_EachProblem_HasARow() =>
        ProblemTypes.All.Where(type => !CoverageText.Contains($"| `{type.Name}` | {type.Status} | ", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Coverage_EachRouteOfTheContract_HasARow()
    {
        using JsonDocument contract = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "tests", "MemoryDapr.Tests", "Api", "openapi.v1.json")));
        string[] routes = [.. contract.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(verb => $"{verb.Name.ToUpperInvariant()} {path.Name}"))];

        routes.Length.ShouldBeGreaterThan(20);
        routes.Where(route => !CoverageText.Contains($"| `{route}` | ", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
