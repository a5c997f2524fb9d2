using MemoryDapr.Recall;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Recall;

public sealed class SingleFlightCacheTests
{
    private readonly SingleFlightCache<string, string> _cache = new(2);
    private int _made;

    [Fact]
    public async Task Get_AtCapacity_GivesUpTheLeastRecentlyUsed()
    {
        await GetAsync("a");
        await GetAsync("b");
        await GetAsync("a");
        await GetAsync("c");
        _made.ShouldBe(3);

        await GetAsync("a");
        _made.ShouldBe(3);
        await GetAsync("b");

        _made.ShouldBe(4);
        _cache.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Get_SameKeyAtOneTime_MakesOnce()
    {
        var answer = new TaskCompletionSource<string>();
        Task<string>[] waiting = [.. Enumerable.Range(0, 100).Select(_ => _cache.GetAsync("a", () => Make(answer.Task), CancellationToken.None))];

        answer.SetResult("made");

        (await Task.WhenAll(waiting)).ShouldAllBe(made => made == "made");
        _made.ShouldBe(1);
    }

    [Fact]
    public async Task Get_Failed_TellsAllWhoWaitAndIsMadeAgain()
    {
        var answer = new TaskCompletionSource<string>();
        Task<string> first = _cache.GetAsync("a", () => Make(answer.Task), CancellationToken.None);
        Task<string> second = _cache.GetAsync("a", () => Make(answer.Task), CancellationToken.None);
        answer.SetException(new TimeoutException());

        await Should.ThrowAsync<TimeoutException>(first);
        await Should.ThrowAsync<TimeoutException>(second);
        _cache.Count.ShouldBe(0);
        (await GetAsync("a")).ShouldBe("a");
    }

    [Fact]
    public async Task Get_OneGivesUp_TheOthersGetTheAnswer()
    {
        using var impatience = new CancellationTokenSource();
        var answer = new TaskCompletionSource<string>();
        Task<string> impatient = _cache.GetAsync("a", () => Make(answer.Task), impatience.Token);
        Task<string> patient = _cache.GetAsync("a", () => Make(answer.Task), CancellationToken.None);

        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(impatient);
        answer.SetResult("made");

        (await patient).ShouldBe("made");
    }

    private Task<string> GetAsync(string key) => _cache.GetAsync(key, () => Make(Task.FromResult(key)), CancellationToken.None);

    private Task<string> Make(Task<string> answer)
    {
        _made++;
        return answer;
    }
}
