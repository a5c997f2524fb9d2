using MemoryDapr.Crash.Load;
using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Checks;

/// <summary>Each turn went through exactly one pipeline: the ranges of a session follow each other without a gap and without an overlap.</summary>
internal static class PipelinesCheck
{
    public static async Task RunAsync(
        MemoryClient client, IEnumerable<PostedSession> sessions, Findings findings, CancellationToken cancellationToken)
    {
        List<PipelineReply> pipelines = await client.ListAsync<PipelineReply>("/memory/pipelines", cancellationToken);
        findings.Expect(pipelines.DistinctBy(pipeline => pipeline.PipelineId).Count() == pipelines.Count, "a pipeline is listed twice");
        ILookup<string?, PipelineReply> distilled = pipelines.Where(pipeline => pipeline.Kind == "distill").ToLookup(pipeline => pipeline.SessionId);
        foreach (PostedSession session in sessions.Where(session => session.Live.Any()))
        {
            long end = 0;
            foreach (PipelineReply pipeline in distilled[session.Id].OrderBy(pipeline => pipeline.From))
            {
                findings.Expect(
                    session.HadErasure || pipeline.Status == "succeeded",
                    $"{session.Id}: pipeline {pipeline.PipelineId} is {pipeline.Status} {pipeline.Error}");
                findings.Expect(pipeline.From >= end, $"{session.Id}: turns {pipeline.From}-{end} are distilled twice");
                findings.Expect(session.HadErasure || pipeline.From == end, $"{session.Id}: turns {end}-{pipeline.From} were left out");
                end = pipeline.To ?? end;
            }

            findings.Expect(
                session.HadErasure || end == session.Turns.Count,
                $"{session.Id}: distilled to {end} of {session.Turns.Count}");
        }
    }
}
