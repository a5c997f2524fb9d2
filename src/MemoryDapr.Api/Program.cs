using MemoryDapr.Api;
using MemoryDapr.Api.Identity;
using MemoryDapr.Types;

return await ProgramStart.RunAsync(() => SidecarHost.Build(
    args,
    builder =>
    {
        ApiApp.AddServices(builder);
        builder.Services.AddSidecarCalls();
    },
    app =>
    {
        app.UseSidecarCalls();
        ApiApp.Configure(app);
    },
    services => ApiIdentity.FaultsBesideSidecar(services.GetRequiredService<ApiOptions>())));
