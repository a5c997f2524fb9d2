using MemoryDapr.Standalone;
using MemoryDapr.Types;

StandaloneArguments arguments = StandaloneArguments.Parse(args);
if (arguments.Error is not null || arguments.Help)
{
    await (arguments.Help ? Console.Out : Console.Error).WriteLineAsync(arguments.Error ?? StandaloneArguments.Usage);
    return arguments.Help ? 0 : StandaloneArguments.UsageExitCode;
}

return await ProgramStart.RunAsync(() => StandaloneHost.RunAsync(arguments));
