namespace MemoryDapr.Api.OpenApi;

/// <summary>Examples of requests and answers. A test sends every request.</summary>
internal static class Examples
{
    private const string Turns = """
        "turns":[{"id":"m-1","role":"user","speaker":"Anna","content":"We adopted a puppy, Biscuit.","at":"2026-03-01T09:30:00Z","metadata":{"channel":"web"}},{"role":"assistant","content":"Congratulations!"}]
        """;

    private const string Item = """
        {"id":"f-0123456789abcdef0123-0123456789abcdef01234567","user":"anna","tier":"semantic","kind":"fact","text":"Anna has a puppy named Biscuit.","turnIds":["m-1"],"at":"2026-03-01T09:30:00Z","sources":[{"sessionId":"trip-2026","turnId":"m-1"}],"facts":[],"derivedFrom":["e-0123456789abcdef0123-0123456789abcdef01234567"],"salience":0.5,"pinned":false,"promoted":false,"createdAt":"2026-03-01T10:00:00Z","updatedAt":"2026-03-01T10:00:00Z","version":1}
        """;

    private const string Pipeline = """
        "pipelineId":"distill-0123456789abcdef0123456789abcdef","kind":"distill","status":"succeeded","user":"anna","sessionId":"trip-2026","from":0,"to":5,"attempts":1,"createdAt":"2026-03-01T09:31:00Z","updatedAt":"2026-03-01T09:31:01Z"
        """;

    private const string Session = """
        "sessionId":"trip-2026","user":"anna","turnCount":2,"indexedTo":2,"distilledTo":0,"createdAt":"2026-03-01T09:30:00Z","lastActiveAt":"2026-03-01T09:30:05Z"
        """;

    private const string StoredTurns = """
        [{"id":"m-1","ordinal":0,"role":"user","speaker":"Anna","content":"We adopted a puppy, Biscuit.","at":"2026-03-01T09:30:00Z","metadata":{"channel":"web"}}]
        """;

    public const string Problem = """
        {"type":"urn:memorydapr:problem:validation","title":"The request breaks rules.","status":400,"errors":[{"pointer":"/turns/0/role","rule":"enum","message":"Must be one of user, assistant, system, tool."}]}
        """;

    public const string Append = $$"""{"user":"anna",{{Turns}}}""";

    public const string AppendSession = $$"""{"sessionId":"trip-2026","user":"anna",{{Turns}}}""";

    public const string Appended = """
        {"turns":[{"id":"m-1","itemId":"t-0123456789abcdef0123-0123456789abcdef01234567","status":"accepted"},{"id":"0f3e5a7c9b1d2e4f60718293a4b5c6d7","itemId":"t-0123456789abcdef0123-89abcdef0123456701234567","status":"accepted"}],"turnCount":2}
        """;

    public const string Sessions = $$"""{"items":[{{{Session}}}]}""";

    public const string OneSession = $$"""{{{Session}},"expiresAt":"2026-03-01T10:00:05Z","window":{{StoredTurns}}}""";

    public const string TurnPage = $$"""{"items":{{StoredTurns}}}""";

    public const string Recall = """
        {"query":"What is the name of Anna's puppy?","user":"anna","sessionIds":["trip-2026"],"k":10,"kinds":["turn","episode","fact"],"tiers":["episodic","semantic"],"since":"2026-01-01T00:00:00Z","until":"2027-01-01T00:00:00Z","metadata":{"channel":"web"},"maxTokens":1000,"explain":true}
        """;

    public const string Recalled = """
        {"intent":{"kind":"name","firstPerson":false,"days":[],"months":[]},"items":[{"id":"t-0123456789abcdef0123-0123456789abcdef01234567","tier":"episodic","kind":"turn","text":"We adopted a puppy, Biscuit.","score":7.5,"salience":0.5,"at":"2026-03-01T09:30:00Z","sessionId":"trip-2026","role":"user","speaker":"Anna","turnIds":["m-1"],"sources":[{"sessionId":"trip-2026","turnId":"m-1"}],"metadata":{"channel":"web"},"explain":[{"name":"text","value":5.5},{"name":"speaker","value":2}]}],"context":"<memory items=\"1\">\n[m:t-0123456789abcdef0123-0123456789abcdef01234567] 1 Mar 2026, Anna: We adopted a puppy, Biscuit.\n</memory>","tokens":45,"timings":{"windowMs":0,"planMs":0.05,"searchMs":0.4,"packMs":0.05,"totalMs":0.5}}
        """;

    public const string Receipt = """
        {"receiptId":"0f3e5a7c9b1d2e4f60718293a4b5c6d7","erased":"session:trip-2026","requestedAt":"2026-03-02T08:00:00Z","completedAt":"2026-03-02T08:00:00Z","counts":{"working":2,"episodic":3,"semantic":1},"rebuilt":0}
        """;

    public const string OneItem = Item;

    public const string Items = $$"""{"items":[{{Item}}]}""";

    public const string History = """
        {"id":"f-0123456789abcdef0123-0123456789abcdef01234567","items":[{"itemId":"f-0123456789abcdef0123-0123456789abcdef01234567","at":"2026-03-01T10:00:00Z","action":"promoted","reason":"Salience 0.84 is at or above 0.8.","inputs":["e-0123456789abcdef0123-0123456789abcdef01234567"],"sources":[{"sessionId":"trip-2026","turnId":"m-1"}],"salience":0.84}]}
        """;

    public const string Patch = """{"text":"Anna's puppy is named Biscuit.","pinned":true,"metadata":{"checked":true}}""";

    public const string Documents = """
        {"user":"anna","documents":[{"id":"handbook-1","title":"House rules","text":"Dogs are welcome on the ground floor.","at":"2026-01-01T00:00:00Z","metadata":{"source":"handbook"}}]}
        """;

    public const string StoredDocuments = """
        {"documents":[{"id":"handbook-1","itemId":"d-0123456789abcdef0123-0123456789abcdef01234567","version":1}]}
        """;

    public const string Citations = """
        {"memoryIds":["f-0123456789abcdef0123-0123456789abcdef01234567"],"answerId":"answer-7","verdict":"used"}
        """;

    public const string AcceptedCitations = """{"accepted":1,"answerId":"answer-7"}""";

    public const string Distill = """{"sessionId":"trip-2026"}""";

    public const string Promote = """{"user":"anna"}""";

    public const string Started = """{"pipelineId":"distill-0123456789abcdef0123456789abcdef"}""";

    public const string Pipelines = $$"""{"items":[{{{Pipeline}}}]}""";

    public const string OnePipeline = $$$"""{{{{Pipeline}}},"steps":[{"name":"extract","status":"succeeded","counts":{"episodes":1}}]}""";

    public const string Lines = """
        {"type":"session","session":{"sessionId":"trip-2026","turnCount":1,"nextOrdinal":1,"distilledTo":0,"createdAt":"2026-03-01T09:30:00Z","lastActiveAt":"2026-03-01T09:30:00Z"}}
        {"type":"item","item":{"id":"d-0123456789abcdef0123-0123456789abcdef01234567","kind":"document","text":"Dogs are welcome.","at":"2026-01-01T00:00:00Z","sources":[],"facts":[],"derivedFrom":[],"salience":{"value":0.5,"at":"2026-01-01T00:00:00Z"},"pinned":false,"promoted":false,"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z","version":1}}
        {"type":"end"}
        """;

    public const string Imported = """{"stored":1,"known":0,"erased":0,"foreign":0}""";

    public const string Jobs = """
        {"healthy":true,"jobs":[{"name":"promotion","healthy":true,"lastRunAt":"2026-03-01T10:00:00Z","nextRunAt":"2026-03-01T10:15:00Z","heartbeatAgeMs":1200,"backlog":0,"oldestPendingMs":0,"failures":0}]}
        """;
}
