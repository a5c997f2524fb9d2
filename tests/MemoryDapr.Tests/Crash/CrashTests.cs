using MemoryDapr.Crash.Kills;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Crash;

public class CrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Standalone_KilledInEveryPhase_LosesNothing()
    {
        using var log = new StringWriter();
        var settings = new CrashSettings { KillsPerPhase = 1, IsThorough = false, Seed = 7 };
        try
        {
            (await new CrashRun(settings, log).RunAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        }
        finally
        {
            output.WriteLine(log.ToString());
        }
    }
}
