using System.Text.Json;

namespace MemoryDapr.TestKit;

/// <summary>A chat call as the server got it.</summary>
/// <param name="Purpose">The schema's name.</param>
/// <param name="Messages">The messages' texts, in order.</param>
/// <param name="Model">The model asked for.</param>
/// <param name="Format">The response format.</param>
/// <param name="Authorization">The header's value.</param>
/// <param name="Index">How many calls came before it.</param>
public sealed record ScriptedCall(
    string Purpose, IReadOnlyList<string> Messages, string Model, JsonElement Format, string Authorization, int Index);
