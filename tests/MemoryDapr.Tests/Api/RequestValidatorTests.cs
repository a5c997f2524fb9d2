using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using FluentValidation.Results;
using MemoryDapr.Api.Citations;
using MemoryDapr.Api.Documents;
using MemoryDapr.Api.Exchange;
using MemoryDapr.Api.Items;
using MemoryDapr.Api.Pipelines;
using MemoryDapr.Api.Recall;
using MemoryDapr.Api.Requests;
using MemoryDapr.Api.Sessions;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Api;

public sealed class RequestValidatorTests
{
    private const string GoodTurns = """[{"id":"t1","role":"user","speaker":"Ann","content":"Hi."},{"role":"tool","content":"Ok.","metadata":{"a":1}}]""";
    private const string BadTurns = """[{"id":"t 1","speaker":"","content":" "},{"metadata":{"a b":1}}]""";

    // Of each request one that keeps every rule of every field and one that breaks them.
    private static readonly Dictionary<Type, Action> Cases = new()
    {
        [typeof(PostRecallValidator)] = () => CompareAll(
            PostRecallValidator.Instance,
            """{"query":"Who?","user":"ann","sessionId":"s1","sessionIds":["s1"],"k":3,"kinds":["fact"],"tiers":["semantic"],"since":"2026-01-01T00:00:00Z","until":"2026-02-01T00:00:00Z","metadata":{"a":1},"maxTokens":9}""",
            """{"query":" ","user":"a b","sessionId":"","sessionIds":["s 1","s2"],"k":0,"kinds":[],"tiers":[],"since":"2026-02-01T00:00:00Z","until":"2026-01-01T00:00:00Z","metadata":{"a b":1},"maxTokens":0}"""),
        [typeof(AppendTurnsValidator)] = () => CompareAll(
            AppendTurnsValidator.Instance, $$"""{"user":"ann","turns":{{GoodTurns}}}""", $$"""{"user":"a b","turns":{{BadTurns}}}""", """{"turns":[]}"""),
        [typeof(AppendSessionTurnsValidator)] = () => CompareAll(
            AppendSessionTurnsValidator.Instance,
            $$"""{"sessionId":"s1","user":"ann","turns":{{GoodTurns}}}""",
            $$"""{"sessionId":"s 1","user":"a b","turns":{{BadTurns}}}"""),
        [typeof(PostDocumentsValidator)] = () => CompareAll(
            PostDocumentsValidator.Instance,
            """{"user":"ann","documents":[{"id":"d1","title":"A title","text":"A text","validFrom":"2026-01-01T00:00:00Z","validTo":"2026-02-01T00:00:00Z"}]}""",
            """{"user":"a b","documents":[{"id":"d 1","title":"","validFrom":"2026-02-01T00:00:00Z","validTo":"2026-01-01T00:00:00Z"},{"text":""}]}"""),
        [typeof(PostCitationsValidator)] = () => CompareAll(
            PostCitationsValidator.Instance,
            """{"memoryIds":["f-0123456789abcdef0123-0123456789abcdef01234567"],"answerId":"a1","verdict":"used"}""",
            """{"memoryIds":["a b"],"answerId":"a b","verdict":"refuted"}""",
            """{"memoryIds":[]}"""),
        [typeof(PatchItemValidator)] = () => CompareAll(
            PatchItemValidator.Instance,
            """{"text":"New.","pinned":true,"validTo":"2026-01-01T00:00:00Z","metadata":{"a":1}}""",
            """{"text":"","metadata":{"a b":1}}"""),
        [typeof(StartDistillValidator)] = () => CompareAll(StartDistillValidator.Instance, """{"sessionId":"s1"}""", """{"sessionId":"s 1"}"""),
        [typeof(StartPromoteValidator)] = () => CompareAll(StartPromoteValidator.Instance, """{"user":"ann"}""", """{"user":"a b"}"""),
        [typeof(ExchangeLineValidator)] = () => CompareAll(
            ExchangeLineValidator.Instance,
            """{"type":"session","session":{"sessionId":"s1"},"item":{"kind":"turn"}}""",
            """{"type":"item","session":{"turnCount":-1},"item":{"id":"a b","text":"","sources":[{"turnId":"a b"}],"facts":[{"sources":[{}]}]}}""",
            """{"type":"end"}"""),
    };

    public static TheoryData<Type> Validators => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Validators))]
    public void Check_AnyFieldsMissing_FindsAllThatIsBroken(Type validator) => Cases[validator]();

    [Fact]
    public void Cases_OfRequests_AreAllThatTheApiHas()
    {
        IEnumerable<Type> validators = typeof(RequestValidator<>).Assembly.GetTypes()
            .Where(type => type.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(RequestValidator<>));

        validators.ShouldBe(Cases.Keys, ignoreOrder: true);
    }

    [Fact]
    public void Check_FieldMissing_DoesNotRunItsRules()
    {
        CountingValidator validator = new();

        validator.Check(new StartPromote()).IsValid.ShouldBeTrue();
        validator.Runs.ShouldBe(0);

        validator.Check(new StartPromote { User = "ann" }).IsValid.ShouldBeTrue();
        validator.Runs.ShouldBe(1);
    }

    private static void CompareAll<T>(RequestValidator<T> validator, params string[] bodies)
        where T : class, new()
    {
        foreach (string body in bodies)
        {
            string[] fields = [.. JsonNode.Parse(body)!.AsObject().Select(field => field.Key)];
            for (int kept = 0; kept < 1 << fields.Length; kept++)
            {
                JsonObject some = JsonNode.Parse(body)!.AsObject();
                foreach (string field in fields.Where((_, index) => (kept & (1 << index)) == 0))
                {
                    some.Remove(field);
                }

                T request = new JsonBinder([]).Bind<T>(JsonSerializer.SerializeToElement(some));
                Describe(validator.Check(request)).ShouldBe(Describe(validator.Validate(request)), some.ToJsonString());
            }
        }
    }

    private static string[] Describe(ValidationResult result) => [.. result.Errors.Select(failure => $"{failure.PropertyName} {failure.ErrorCode}")];

    private sealed class CountingValidator : RequestValidator<StartPromote>
    {
        public CountingValidator() => RuleFor(request => request.User).Must(_ => ++Runs > 0);

        public int Runs { get; private set; }
    }
}
