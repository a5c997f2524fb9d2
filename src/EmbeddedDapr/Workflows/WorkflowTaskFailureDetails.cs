namespace Dapr.Workflow;

/// <summary>A failure as it travels: names, no exception object.</summary>
/// <param name="errorType">The full name of the exception's type.</param>
/// <param name="errorMessage">The exception's message.</param>
/// <param name="stackTrace">Where it was thrown, if told.</param>
public class WorkflowTaskFailureDetails(string errorType, string errorMessage, string? stackTrace = null)
{
    /// <summary>The full name of the exception's type.</summary>
    public string ErrorType { get; } = errorType ?? throw new ArgumentNullException(nameof(errorType));

    /// <summary>The exception's message.</summary>
    public string ErrorMessage { get; } = errorMessage ?? throw new ArgumentNullException(nameof(errorMessage));

    /// <summary>Where it was thrown, if told.</summary>
    public string? StackTrace { get; } = stackTrace;

    /// <summary>
    /// Whether the failure was a <typeparamref name="T"/>. Only the core library's own exceptions are ever found by their name:
    /// for all others, yours included, it is false; compare <see cref="ErrorType"/> instead.
    /// </summary>
    public bool IsCausedBy<T>()
        where T : Exception =>
        Type.GetType(ErrorType, throwOnError: false) is { } type && typeof(T).IsAssignableFrom(type);

    /// <inheritdoc />
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";
}
