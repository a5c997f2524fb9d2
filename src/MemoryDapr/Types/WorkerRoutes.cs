namespace MemoryDapr.Types;

/// <summary>
/// The routes that memory-worker serves to memory-api, all POST with JSON. No ids in paths: policies and breakers are kept by path.
/// Each answers 200 with an <see cref="Outcome{T}"/>, and may be called again with the same body.
/// </summary>
internal static class WorkerRoutes
{
    /// <summary>The app id.</summary>
    public const string AppId = "memory-worker";

    /// <summary><c>AppendRequest</c> → <c>AppendResult</c>.</summary>
    public const string Append = "/sessions/append";

    /// <summary><c>SessionKey</c> → <c>SessionView</c>.</summary>
    public const string Session = "/sessions/get";

    /// <summary><c>TurnsRequest</c> → page of <see cref="Turn"/>.</summary>
    public const string Turns = "/sessions/turns";

    /// <summary><c>DistillRequest</c> → <see cref="PipelineRecord"/>.</summary>
    public const string Distill = "/pipelines/distill";

    /// <summary><c>PromoteRequest</c> → <see cref="PipelineRecord"/>.</summary>
    public const string Promote = "/pipelines/promote";

    /// <summary><c>PipelineKey</c> → <c>PipelineView</c>.</summary>
    public const string Pipeline = "/pipelines/get";

    /// <summary><c>CitationRequest</c> → <c>AcceptedCitations</c>.</summary>
    public const string Citations = "/citations/accept";

    /// <summary><c>DocumentBatch</c> → list of <see cref="MemoryItem"/>.</summary>
    public const string Documents = "/documents/store";

    /// <summary><c>ItemEdit</c> → <see cref="MemoryItem"/>.</summary>
    public const string EditItem = "/items/edit";

    /// <summary><c>ForgetRequest</c> → <c>ErasureRecord</c>.</summary>
    public const string Forget = "/forget";

    /// <summary><c>ImportBatch</c> → <c>ImportOutcome</c>.</summary>
    public const string Import = "/import";

    /// <summary><c>JobsRequest</c> → <c>JobsReport</c>.</summary>
    public const string Jobs = "/jobs";
}
