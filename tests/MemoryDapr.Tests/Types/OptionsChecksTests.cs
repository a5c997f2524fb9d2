using FluentValidation;
using MemoryDapr.Types;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Types;

public sealed class OptionsChecksTests
{
    [Fact]
    public void ListFaults_OfSeveralKinds_NamesEachOptionValueAndRule()
    {
        IReadOnlyList<OptionFault> faults = FaultsOf(("Test:Size", "0"), ("Test:Sizes", "7"), ("Test:Nested:Name", ""));

        faults.ShouldBe(
            [
                new OptionFault("Test:Sizes", "7", "there is no such option"),
                new OptionFault("Test:Size", "0", "must be at least 1"),
                new OptionFault("Test:Nested:Name", "", "must have a name"),
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void ListFaults_ValuesOfWrongTypes_NamesEveryOne()
    {
        IReadOnlyList<OptionFault> faults = FaultsOf(("Test:Size", "many"), ("Test:Every", "soon"), ("Test:On", "perhaps"));

        faults.Select(fault => (fault.Option, fault.Rule)).ShouldBe(
            [
                ("Test:Size", "must be a whole number"),
                ("Test:Every", "must be a duration such as 00:30:00"),
                ("Test:On", "must be true or false"),
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void ListFaults_OfASecret_HidesItsValue() =>
        FaultsOf(("Test:OperatorKey", "hunter2")).ShouldHaveSingleItem().Value.ShouldBe("***");

    [Fact]
    public void ListFaults_OfWhatIsRight_IsEmpty() =>
        FaultsOf(("Test:Size", "2"), ("Test:Every", "00:00:01"), ("Test:Nested:Name", "x")).ShouldBeEmpty();

    private static IReadOnlyList<OptionFault> FaultsOf(params (string Key, string Value)[] values)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value)))
            .Build();
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton(configuration)
            .AddCheckedOptions<TestOptions, TestOptionsValidator>("Test")
            .BuildServiceProvider();
        return services.ListFaults();
    }

    private sealed class TestOptions
    {
        public int Size { get; set; } = 1;

        public TimeSpan Every { get; set; }

        public bool On { get; set; }

        public string? OperatorKey { get; set; }

        public NestedOptions Nested { get; set; } = new();
    }

    private sealed class NestedOptions
    {
        public string Name { get; set; } = "name";
    }

    private sealed class TestOptionsValidator : AbstractValidator<TestOptions>
    {
        public TestOptionsValidator()
        {
            RuleFor(options => options.Size).GreaterThan(0).WithMessage("must be at least 1");
            RuleFor(options => options.Nested.Name).NotEmpty().WithMessage("must have a name");
            RuleFor(options => options.OperatorKey).Null().WithMessage("must be left out here");
        }
    }
}
