namespace EmbeddedDapr.Invocation;

/// <summary>The feature that marks a request from within the process: it came through no listener.</summary>
internal sealed class InProcessRequest
{
    public static readonly InProcessRequest Instance = new();

    private InProcessRequest()
    {
    }
}
