#nullable disable // As in the official package, which is not annotated here.

namespace Dapr.Actors;

/// <summary>What is known of the error that an actor raised: its type's name and its message, nothing else crosses.</summary>
public class ActorInvokeException : Exception
{
    /// <summary>An error about which nothing is known.</summary>
    public ActorInvokeException()
    {
    }

    /// <summary>The error of type <paramref name="actualExceptionType"/>.</summary>
    public ActorInvokeException(string actualExceptionType, string message)
        : base(message) => ActualExceptionType = actualExceptionType;

    /// <summary>The full name of the type that the actor threw.</summary>
    public string ActualExceptionType { get; }
}

/// <summary>A method of an actor threw; the inner <see cref="ActorInvokeException"/> says what.</summary>
public class ActorMethodInvocationException : DaprApiException
{
    /// <summary>A failure about which nothing is known.</summary>
    public ActorMethodInvocationException()
    {
    }

    /// <summary>A failure with a message.</summary>
    public ActorMethodInvocationException(string message, bool isTransient)
        : this(message, null, isTransient)
    {
    }

    /// <summary>A failure with what the actor threw.</summary>
    public ActorMethodInvocationException(string message, Exception innerException, bool isTransient)
        : base(message, innerException, null, isTransient)
    {
    }
}
