namespace MemoryDapr.Types;

/// <summary>The configuration is wrong; the message lists every fault. A program that gets it stops with exit code 78 (EX_CONFIG).</summary>
internal sealed class InvalidConfigurationException(IReadOnlyList<OptionFault> faults)
    : Exception(Describe(faults))
{
    /// <summary>The exit code of a program whose configuration is wrong (EX_CONFIG of sysexits).</summary>
    public const int ExitCode = 78;

    /// <summary>Every fault.</summary>
    public IReadOnlyList<OptionFault> Faults { get; } = faults;

    private static string Describe(IReadOnlyList<OptionFault> faults) =>
        string.Join(
            Environment.NewLine,
            faults.Select(fault => $"  {fault.Option} = {fault.Value}: {fault.Rule}").Prepend("The configuration is not valid:"));
}
