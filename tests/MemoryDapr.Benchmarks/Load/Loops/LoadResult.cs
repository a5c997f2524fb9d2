using HdrHistogram;

namespace MemoryDapr.Benchmarks.Load.Loops;

/// <summary>What came of a loop. Latencies are kept in microseconds with three significant digits, up to a minute.</summary>
internal sealed class LoadResult
{
    private const long Longest = 60_000_000;
    private const int Digits = 3;

    private readonly LongHistogram _latencies = new(1, Longest, Digits);
    private readonly SortedDictionary<int, long> _statuses = [];

    /// <summary>From the first request to the last answer.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>The processor time that the server used meanwhile, where it is known.</summary>
    public TimeSpan Processor { get; set; }

    /// <summary>Bytes of all answers.</summary>
    public long Bytes { get; private set; }

    public long Count => _latencies.TotalCount;

    public long Errors => _statuses.Where(status => status.Key is < 200 or > 299).Sum(status => status.Value);

    public double PerSecond => (Count - Errors) / Elapsed.TotalSeconds;

    public double MaxMs => _latencies.GetMaxValue() / 1000.0;

    public void Record(TimeSpan latency, int status, int length)
    {
        _latencies.RecordValue(Math.Clamp((long)latency.TotalMicroseconds, 1, Longest));
        _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
        Bytes += length;
    }

    public void Add(LoadResult other)
    {
        _latencies.Add(other._latencies);
        foreach ((int status, long count) in other._statuses)
        {
            _statuses[status] = _statuses.GetValueOrDefault(status) + count;
        }

        Bytes += other.Bytes;
    }

    /// <summary>The latency in ms that this share of the requests stays below.</summary>
    public double AtMs(double percentile) => _latencies.GetValueAtPercentile(percentile) / 1000.0;

    /// <summary>Errors by status, 0 for no answer; empty without any.</summary>
    public string DescribeErrors() => string.Join(", ", _statuses.Where(status => status.Key is < 200 or > 299).Select(status => $"{status.Value} × {status.Key}"));

    /// <summary>The whole distribution.</summary>
    public void WriteTo(TextWriter output) => _latencies.OutputPercentileDistribution(output, outputValueUnitScalingRatio: OutputScalingFactor.TimeStampToMilliseconds);
}
