namespace MemoryDapr.Crash.Load;

/// <summary>A turn as the client remembers it.</summary>
internal sealed class PostedTurn(string id, string marker, string content)
{
    public string Id { get; } = id;

    /// <summary>A word that is in no other turn.</summary>
    public string Marker { get; } = marker;

    public string Content { get; } = content;

    public string? ItemId { get; set; }

    public TurnState State { get; set; }

    /// <summary>How often it was cited as used, each under an answer of its own.</summary>
    public int Citations { get; set; }

    /// <summary>What the turn's salience is once all of them are counted: each adds a fifth of what is missing to 1.</summary>
    public double ExpectedSalience => 1 - (0.5 * Math.Pow(0.8, Citations));
}
