using System.Globalization;
using System.Text.Json;

namespace MemoryDapr.Benchmarks;

/// <summary>Conversations with questions and the turns that answer them, in the compact form of the LoCoMo data set.</summary>
internal sealed record LocomoFile(IReadOnlyList<LocomoConversation> Conversations)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static LocomoFile Read(string path) =>
        JsonSerializer.Deserialize<LocomoFile>(File.ReadAllBytes(path), Options)
            ?? throw new InvalidDataException($"{path} holds no conversations.");
}

internal sealed record LocomoConversation(string Id, IReadOnlyList<LocomoTurn> Turns, IReadOnlyList<LocomoQuestion> Questions);

internal sealed record LocomoTurn(string Id, int Session, string Date, string Speaker, string Text)
{
    public DateTimeOffset At => DateTimeOffset.Parse(Date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

internal sealed record LocomoQuestion(string Q, JsonElement Category, IReadOnlyList<string> Evidence)
{
    /// <summary>Whether it has an answer in the conversation (category 5 asks for what was never said).</summary>
    public bool IsScored => Evidence.Count > 0 && Category.ToString() is not ("5" or "abstention");
}
