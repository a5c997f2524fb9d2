using MemoryDapr.Store;
using MemoryDapr.Types;

return await ProgramStart.RunAsync(() =>
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    StoreApp.AddServices(builder);
    WebApplication app = builder.Build();
    // Before the routes: they open the store, in the folder that the options name.
    app.Services.EnsureValid();
    StoreApp.Configure(app);
    return app;
});
