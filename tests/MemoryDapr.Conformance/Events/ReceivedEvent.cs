using System.Text.Json;

namespace MemoryDapr.Conformance.Events;

/// <summary>An event as a subscriber got it.</summary>
internal sealed record ReceivedEvent(string Id, string Type, string SpecVersion, string Source, JsonElement Data);
