namespace MemoryDapr.TestKit;

/// <summary>What the model server answers to some of its chat calls, as its control interface takes it.</summary>
/// <param name="Containing">The calls that contain this text; empty for all.</param>
/// <param name="Purpose">The calls of this purpose; null for all.</param>
/// <param name="Times">How many calls it is for; null for all to come.</param>
/// <param name="Status">An error with this status.</param>
/// <param name="Content">A completion with this content.</param>
/// <param name="DelayMs">How long the answer takes, in milliseconds.</param>
/// <param name="Held">Whether the answer waits until the rule is taken away.</param>
public sealed record ModelRule(
    string Containing = "", string? Purpose = null, int? Times = null, int? Status = null, string? Content = null, int DelayMs = 0, bool Held = false)
{
    internal bool IsFor(ScriptedCall call) =>
        (Purpose is null || Purpose == call.Purpose) && call.Messages.Any(message => message.Contains(Containing, StringComparison.Ordinal));
}
