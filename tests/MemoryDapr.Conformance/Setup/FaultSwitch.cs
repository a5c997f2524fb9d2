namespace MemoryDapr.Conformance.Setup;

/// <summary>Two shell commands that stop something and start it again.</summary>
internal sealed record FaultSwitch(string? Stop, string? Start)
{
    public static FaultSwitch None { get; } = new(null, null);

    public bool IsThere => Stop is not null && Start is not null;

    /// <summary>Does something while it is stopped; it is started again whatever becomes of that.</summary>
    public async Task WhileStoppedAsync(Func<Task> action)
    {
        await ShellCommand.RunAsync(Stop!);
        try
        {
            await action();
        }
        finally
        {
            await ShellCommand.RunAsync(Start!);
        }
    }
}
