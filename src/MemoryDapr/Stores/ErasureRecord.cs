using System.Text.Json.Serialization;
using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>
/// An erasure, from before its first step until for ever: what was begun is found again after a crash and finished, and the same
/// request again gets the same receipt.
/// </summary>
public sealed record ErasureRecord
{
    /// <summary>What was erased: <c>session:ID</c>, <c>user:ID</c> or <c>item:ID</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Whose memory.</summary>
    public required Scope Scope { get; init; }

    /// <summary>The receipt's id.</summary>
    public required string ReceiptId { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it was last asked for again, UTC, if it did not begin another erasure; null if it was not.</summary>
    public DateTimeOffset? RepeatedAt { get; init; }

    /// <summary>What was received before this moment is erased, also where nobody knew of it yet.</summary>
    [JsonIgnore]
    public DateTimeOffset CoversUntil => RepeatedAt ?? RequestedAt;

    /// <summary>The turn that the item is, where it is one: its window has to be told of it also after the item is gone.</summary>
    public TurnSource? Turn { get; init; }

    /// <summary>When nothing of it was left, UTC; null while it is under way.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>How many turns left the window, so far.</summary>
    public long Working { get; init; }

    /// <summary>How many turns and episodes are gone, so far.</summary>
    public long Episodic { get; init; }

    /// <summary>How many facts and documents are gone, so far.</summary>
    public long Semantic { get; init; }

    /// <summary>How many derived items were rebuilt from what other turns still support, so far.</summary>
    public long Rebuilt { get; init; }
}
