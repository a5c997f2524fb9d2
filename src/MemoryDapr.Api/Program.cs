using MemoryDapr.Api;
using MemoryDapr.Types;

return await ProgramStart.RunAsync(() =>
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    ApiApp.AddServices(builder);
    WebApplication app = builder.Build();
    app.Services.EnsureValid(ApiIdentity.FaultsBesideSidecar(app.Services.GetRequiredService<ApiOptions>()));
    ApiApp.Configure(app);
    return app;
});
