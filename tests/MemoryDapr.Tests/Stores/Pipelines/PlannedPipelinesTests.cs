using System.Globalization;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Stores.Pipelines;

public sealed class PlannedPipelinesTests
{
    private readonly PlannedPipelines _planned = new();

    [Fact]
    public void Find_ByItsTenantOrTheOperator_IsThere()
    {
        _planned.Note(Planned("distill-1"));

        _planned.Find(new PipelineKey("acme", "distill-1"))!.Status.ShouldBe(PipelineStatus.Queued);
        _planned.Find(new PipelineKey(null, "distill-1")).ShouldNotBeNull();
        _planned.Find(new PipelineKey("acme", "distill-2")).ShouldBeNull();
    }

    [Fact]
    public void Find_ByAnotherTenant_IsNotThere()
    {
        _planned.Note(Planned("distill-1"));

        _planned.Find(new PipelineKey("other", "distill-1")).ShouldBeNull();
    }

    [Fact]
    public void Note_MoreThanItHolds_ForgetsTheOldest()
    {
        for (int number = 0; number <= PlannedPipelines.Capacity; number++)
        {
            _planned.Note(Planned(number.ToString(CultureInfo.InvariantCulture)));
        }

        _planned.Find(new PipelineKey("acme", "0")).ShouldBeNull();
        _planned.Find(new PipelineKey("acme", PlannedPipelines.Capacity.ToString(CultureInfo.InvariantCulture))).ShouldNotBeNull();
    }

    private static PipelineRecord Planned(string id) => new()
    {
        Id = id,
        Scope = new Scope("acme", "anna"),
        Kind = PipelineKind.Distill,
        SessionId = "s1",
        Status = PipelineStatus.Queued,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };
}
