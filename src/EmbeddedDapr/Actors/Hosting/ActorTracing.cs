using System.Diagnostics;

namespace EmbeddedDapr.Actors;

/// <summary>The spans of turns.</summary>
internal static class ActorTracing
{
    private static readonly ActivitySource Source = new("EmbeddedDapr.Actors");

    /// <summary>Starts a turn's span under its caller's. Where nobody listens, the caller's trace goes on all the same.</summary>
    public static Activity? Start(string actorType, ActorTurn turn)
    {
        string name = $"actor.{actorType}.{turn.Name}";
        Activity? activity = Source.StartActivity(name, ActivityKind.Server, turn.Caller?.Context ?? default);
        if (activity is not null || turn.Caller is not { } caller)
        {
            return activity;
        }

#pragma warning disable CA2000 // The turn disposes of it.
        activity = new Activity(name).SetParentId(caller.TraceId, caller.SpanId, caller.ActivityTraceFlags);
#pragma warning restore CA2000
        activity.TraceStateString = caller.TraceStateString;
        return activity.Start();
    }

    public static Activity? StartPurge() => Source.StartActivity("actors.purge");
}
