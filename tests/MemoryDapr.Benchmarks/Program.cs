using System.Globalization;
using BenchmarkDotNet.Running;
using MemoryDapr.Benchmarks;
using MemoryDapr.Benchmarks.Load;

// ladder FILE: recall on a LoCoMo file, feature by feature. growth N…: one scope of so many turns, in the store alone. scopes N M:
// N scopes of M turns, likewise. ranking FILE N…: ranking alone, of conversations and of one scope of so many turns. load …: the service over HTTP. Else: BenchmarkDotNet (--filter '*').
switch (args)
{
    case ["ladder", var path]:
        return await Ladder.RunAsync(path, Console.Out, CancellationToken.None);
    case ["growth", .. var sizes]:
        await Growth.RunAsync([.. sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture))], Console.Out, CancellationToken.None);
        return 0;
    case ["scopes", var scopes, var turns]:
        await ManyScopes.RunAsync(
            int.Parse(scopes, CultureInfo.InvariantCulture), int.Parse(turns, CultureInfo.InvariantCulture), Console.Out, CancellationToken.None);
        return 0;
    case ["ranking", var path, .. var sizes]:
        await RankingCost.RunAsync(path, [.. sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture))], Console.Out, CancellationToken.None);
        return 0;
    case ["load", .. var rest]:
        return await LoadCommands.Create().Parse(rest).InvokeAsync();
    default:
        return BenchmarkSwitcher.FromAssembly(typeof(Ladder).Assembly).Run(args).Any() ? 0 : 1;
}
