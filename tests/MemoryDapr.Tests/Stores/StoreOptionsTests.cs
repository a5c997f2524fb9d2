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
        new StoreOptionsValidator()
            .Validate(new StoreOptions { Directory = " ", IndexBudgetBytes = 1024, Readers = 0 })
            .Errors.Select(error => error.PropertyName)
            .ShouldBe([nameof(StoreOptions.Directory), nameof(StoreOptions.IndexBudgetBytes), nameof(StoreOptions.Readers)], ignoreOrder: true);
}
