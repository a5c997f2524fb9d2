using MemoryDapr.Conformance;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;

switch (args.FirstOrDefault())
{
    case "matrix":
        await Console.Out.WriteAsync(ScenarioMatrix.Describe());
        return 0;
    case "not-run":
        await NotRun.WriteAsync(Console.Out, ConformanceSettings.Read(Environment.GetEnvironmentVariable));
        return 0;
    case "model":
        await ScriptedModel.ServeAsync(new Uri(args.ElementAtOrDefault(1) ?? "http://127.0.0.1:5120"));
        return 0;
    default:
        return await TestRun.RunAsync(args, ConformanceSettings.Read(Environment.GetEnvironmentVariable));
}
