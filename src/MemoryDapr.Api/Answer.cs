using MemoryDapr.Api.Problems;
using MemoryDapr.Types;

namespace MemoryDapr.Api;

/// <summary>Makes answers.</summary>
internal static class Answer
{
    public static IResult Ok<T>(T value) => new JsonAnswer<T>(value);

    public static IResult Accepted<T>(T value) => new JsonAnswer<T>(value, StatusCodes.Status202Accepted);

    /// <summary>What an internal call gave, as the client sees it; or the problem that its refusal is.</summary>
    public static IResult From<T, TAnswer>(Outcome<T> outcome, Func<T, TAnswer> show) =>
        outcome.Refusal is { } refusal ? Problem.From(refusal) : Ok(show(outcome.Value!));
}
