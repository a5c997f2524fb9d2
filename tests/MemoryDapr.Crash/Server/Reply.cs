using System.Net;
using System.Text.Json;

namespace MemoryDapr.Crash.Server;

/// <summary>An answer.</summary>
internal sealed record Reply(HttpStatusCode Status, string Text)
{
    public T Read<T>() => JsonSerializer.Deserialize<T>(Text, JsonSerializerOptions.Web) ?? throw new ContractException("The answer is null.");
}
