using OpenAI.Chat;

namespace MemoryDapr.Models;

/// <summary>A chat model behind the OpenAI protocol, held to a JSON schema.</summary>
internal sealed class OpenAIChatModel(OpenAIClients clients, ModelCalls calls, ModelsOptions options) : IChatModel
{
    private readonly ChatClient _chat = clients.Chat(options.ChatModel);

    public bool IsEnabled => true;

    public async Task<string?> AskAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        Answer? answer = await calls.RunAsync(
            request.Purpose,
            request.Deadline ?? options.Deadline,
            async token => Read((await _chat.CompleteChatAsync(ToMessages(request), ToOptions(request), token)).Value, request.Purpose),
            cancellationToken);
        return answer?.Text;
    }

    private static List<ChatMessage> ToMessages(ChatRequest request)
    {
        List<ChatMessage> messages = [new SystemChatMessage(request.Instructions), new UserChatMessage(request.Input)];
        if (request.Rejected is { } rejected)
        {
            messages.Add(new AssistantChatMessage(rejected.Text));
            messages.Add(new UserChatMessage($"That answer cannot be used: {rejected.Fault} Answer again, corrected, as JSON of the schema only."));
        }

        return messages;
    }

    private ChatCompletionOptions ToOptions(ChatRequest request) => new()
    {
        ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(request.Purpose, request.Schema, jsonSchemaIsStrict: true),
        MaxOutputTokenCount = options.MaxOutputTokens,
        Temperature = 0,
    };

    /// <summary>An answer that was cut off or withheld is none.</summary>
    private static Answer Read(ChatCompletion completion, string purpose)
    {
        ModelInstruments.CountTokens(purpose, completion.Usage?.InputTokenCount ?? 0, completion.Usage?.OutputTokenCount ?? 0);
        bool isWhole = completion.FinishReason == ChatFinishReason.Stop && completion.Refusal is null && completion.Content.Count > 0;
        return new Answer(isWhole ? completion.Content[0].Text : null);
    }

    private sealed record Answer(string? Text);
}
