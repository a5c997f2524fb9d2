using MemoryDapr.Types;
using MemoryDapr.Worker;

return await ProgramStart.RunAsync(() =>
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    WorkerApp.AddServices(builder);
    WebApplication app = builder.Build();
    app.Services.EnsureValid();
    WorkerApp.Configure(app);
    return app;
});
