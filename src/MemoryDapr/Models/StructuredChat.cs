namespace MemoryDapr.Models;

/// <summary>Asks a chat model for JSON that a parser accepts, with one attempt to repair what it does not.</summary>
internal static class StructuredChat
{
    /// <summary>
    /// The parsed answer; null if the model refused, was cut off, or twice gave what the parser rejects: asking again is no use then.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="request">What to ask.</param>
    /// <param name="parse">Reads an answer; throws <see cref="FormatException"/> with what is wrong, in words for the model.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ModelUnavailableException">No answer now: try again later.</exception>
    public static async Task<TAnswer?> AskAsync<TAnswer>(
        this IChatModel model, ChatRequest request, Func<string, TAnswer> parse, CancellationToken cancellationToken)
        where TAnswer : class
    {
        string? text = await model.AskAsync(request, cancellationToken);
        if (text is null)
        {
            return null;
        }

        try
        {
            return parse(text);
        }
        catch (FormatException fault)
        {
            ModelInstruments.CountInvalid(request.Purpose);
            text = await model.AskAsync(request with { Rejected = new RejectedAnswer(text, fault.Message) }, cancellationToken);
        }

        try
        {
            return text is null ? null : parse(text);
        }
        catch (FormatException)
        {
            ModelInstruments.CountInvalid(request.Purpose);
            return null;
        }
    }
}
