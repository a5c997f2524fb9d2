using MemoryDapr.Types;
using MemoryDapr.Worker;

return await ProgramStart.RunAsync(() => SidecarHost.Build(args, WorkerApp.AddServices, WorkerApp.Configure));
