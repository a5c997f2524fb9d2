using BenchmarkDotNet.Running;
using MemoryDapr.Benchmarks;

// ladder FILE: recall on a LoCoMo file, feature by feature. Anything else goes to BenchmarkDotNet (--filter '*').
return args is ["ladder", var path]
    ? await Ladder.RunAsync(path, Console.Out, CancellationToken.None)
    : BenchmarkSwitcher.FromAssembly(typeof(Ladder).Assembly).Run(args).Any() ? 0 : 1;
