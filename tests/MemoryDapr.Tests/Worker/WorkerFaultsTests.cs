using Dapr.Actors;
using Grpc.Core;
using MemoryDapr.Worker;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Worker;

public class WorkerFaultsTests
{
    public static TheoryData<Exception, int> Failures => new()
    {
        { new BadHttpRequestException("too large", 413), 413 },
        { new TimeoutException(), 504 },
        { new TaskCanceledException("The client's time is up.", new TimeoutException()), 504 },
        { new HttpRequestException(), 503 },
        { new TaskCanceledException(), 503 },
        { new RpcException(new Status(StatusCode.Unavailable, "The sidecar is not there.")), 503 },
        { new RpcException(new Status(StatusCode.DeadlineExceeded, "")), 504 },
        { new RpcException(new Status(StatusCode.Unknown, "")), 500 },
        { OfActor("System.TimeoutException"), 504 },
        { OfActor("System.Net.Http.HttpRequestException"), 503 },
        { OfActor("System.InvalidOperationException"), 500 },
        { new InvalidOperationException(), 500 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void StatusOf_Failure_TellsCallersPoliciesWhatItIs(Exception failure, int status) => WorkerFaults.StatusOf(failure).ShouldBe(status);

    private static ActorMethodInvocationException OfActor(string type) =>
        new("Remote Actor Method Exception", new ActorInvokeException(type, "of the actor"), isTransient: false);
}
