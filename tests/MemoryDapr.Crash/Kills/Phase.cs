using MemoryDapr.Crash.Load;

namespace MemoryDapr.Crash.Kills;

/// <summary>A part of the work in which the process is killed.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Points">The points of it, taken in turn.</param>
/// <param name="Emphasis">What has to be done much so that it happens.</param>
internal sealed record Phase(string Name, IReadOnlyList<KillPoint> Points, Emphasis Emphasis);
