#nullable disable // As in the official package, which is not annotated here.

namespace Dapr;

/// <summary>The base of every error that the Dapr SDK raises.</summary>
public class DaprException : Exception
{
    /// <summary>An error with a message.</summary>
    public DaprException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public DaprException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>An error that the runtime answered, with its code.</summary>
public class DaprApiException : DaprException
{
    private const string UnknownErrorCode = "UNKNOWN";

    /// <summary>An error about which nothing is known.</summary>
    public DaprApiException()
        : this(string.Empty, UnknownErrorCode, isTransient: false)
    {
    }

    /// <summary>An error with a message.</summary>
    public DaprApiException(string message)
        : this(message, UnknownErrorCode, isTransient: false)
    {
    }

    /// <summary>An error with its cause.</summary>
    public DaprApiException(string message, Exception innerException)
        : this(message, innerException, UnknownErrorCode, isTransient: false)
    {
    }

    /// <summary>An error with a code.</summary>
    public DaprApiException(string errorCode, bool isTransient)
        : this(string.Empty, errorCode, isTransient)
    {
    }

    /// <summary>An error with a message and a code.</summary>
    public DaprApiException(string message, string errorCode, bool isTransient)
        : this(message, null, errorCode, isTransient)
    {
    }

    /// <summary>An error with a message, its cause and a code.</summary>
    public DaprApiException(string message, Exception inner, string errorCode, bool isTransient)
        : base(message, inner)
    {
        ErrorCode = errorCode ?? UnknownErrorCode;
        IsTransient = isTransient;
    }

    /// <summary>The runtime's code, such as <c>ERR_ACTOR_INVOKE_METHOD</c>; <c>UNKNOWN</c> when it gave none.</summary>
    public string ErrorCode { get; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient { get; }
}
