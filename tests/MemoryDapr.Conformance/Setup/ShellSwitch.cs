namespace MemoryDapr.Conformance.Setup;

/// <summary>Two shell commands that stop something and start it again.</summary>
internal sealed class ShellSwitch(string stop, string start) : FaultSwitch
{
    /// <summary>The switch; null where one of its commands is missing.</summary>
    public static ShellSwitch? From(string? stop, string? start) => stop is null || start is null ? null : new ShellSwitch(stop, start);

    protected override Task StopAsync() => ShellCommand.RunAsync(stop);

    protected override Task StartAsync() => ShellCommand.RunAsync(start);
}
