namespace MemoryDapr.Types;

/// <summary>A configured value that breaks a rule.</summary>
/// <param name="Option">Its configuration key.</param>
/// <param name="Value">The value it has; keys and other secrets are shown as <c>***</c>.</param>
/// <param name="Rule">What it must be.</param>
internal sealed record OptionFault(string Option, string Value, string Rule);
