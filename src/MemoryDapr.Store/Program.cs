using MemoryDapr.Store;
using MemoryDapr.Types;

return await ProgramStart.RunAsync(() => SidecarHost.Build(args, StoreApp.AddServices, StoreApp.Configure));
