namespace MemoryDapr.Api.Exchange;

/// <summary>A salience and the moment it is of, as a line has it.</summary>
internal sealed record SalienceLine
{
    public double? Value { get; init; }

    public DateTimeOffset? At { get; init; }
}
