using System.Text.Json.Serialization;
using MemoryDapr.Stores;

namespace MemoryDapr.Recall;

/// <summary>What a question was taken to ask for.</summary>
/// <param name="Kind">What kind of answer.</param>
/// <param name="FirstPerson">Whether it is about who asks.</param>
/// <param name="Days">The days it names, also by "yesterday".</param>
/// <param name="Months">The months it names, as their first day.</param>
internal sealed record RecallIntent(IntentKind Kind, bool FirstPerson, IReadOnlyList<DateOnly> Days, IReadOnlyList<DateOnly> Months)
{
    /// <summary>The same for a store.</summary>
    [JsonIgnore]
    public QueryHints Hints { get; init; } = new();
}
