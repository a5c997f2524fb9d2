using MemoryDapr.Store;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Stores;

public sealed class StoreOptionsTests
{
    [Fact]
    public void Validate_OfDefaults_FindsNoFault() => new StoreOptionsValidator().Validate(new StoreOptions()).IsValid.ShouldBeTrue();

    [Fact]
    public void Validate_OfWrongValues_FindsEachFault() =>
        FaultsOf(new StoreOptions { Directory = " ", IndexBudgetBytes = 1024, Readers = 0 })
            .ShouldBe([nameof(StoreOptions.Directory), nameof(StoreOptions.IndexBudgetBytes), nameof(StoreOptions.Readers)], ignoreOrder: true);

    [Fact]
    public void Validate_OfAnEngineThatIsNotBuiltIn_FindsAFault()
    {
        FaultsOf(new StoreOptions { Kind = StoreKind.Weaviate }).Any().ShouldBe(!StoreEngines.IsBuiltIn(StoreKind.Weaviate));
        StoreEngines.IsBuiltIn(StoreKind.Sqlite).ShouldBeTrue();
    }

    [Theory]
    [InlineData("127.0.0.1:8080")]
    [InlineData("ftp://weaviate")]
    [InlineData("http://weaviate/v1")]
    [InlineData("http://me@weaviate")]
    public void Validate_OfAWrongAddress_FindsAFault(string url) =>
        FaultsOf(new StoreOptions { Weaviate = { Url = url } }).ShouldBe(["Weaviate.Url"]);

    [Fact]
    public void Validate_OfWrongWeaviateValues_FindsEachFault() =>
        FaultsOf(new StoreOptions { Weaviate = { GrpcHost = "a b", GrpcPort = 0, ApiKey = " ", Prefix = "memory", Timeout = TimeSpan.Zero } })
            .ShouldBe(["Weaviate.GrpcHost", "Weaviate.GrpcPort", "Weaviate.ApiKey", "Weaviate.Prefix", "Weaviate.Timeout"], ignoreOrder: true);

    private static IEnumerable<string> FaultsOf(StoreOptions options) =>
        new StoreOptionsValidator().Validate(options).Errors.Select(error => error.PropertyName);
}
