namespace MemoryDapr.Distill.Rules;

/// <summary>Who speaks in a turn and to whom, as a memory names them.</summary>
/// <param name="Speaker">The speaker: a name, "the user" or "the assistant".</param>
/// <param name="Addressee">Who "you" is.</param>
/// <param name="IsAssistant">Whether the model speaks: what it says is no fact about anybody.</param>
internal sealed record Voice(string Speaker, string Addressee, bool IsAssistant)
{
    /// <summary>What a speaker calls several listeners.</summary>
    public const string Others = "the others";

    /// <summary>The speaker at the beginning of a sentence.</summary>
    public string SpeakerAtStart => char.ToUpperInvariant(Speaker[0]) + Speaker[1..];
}
