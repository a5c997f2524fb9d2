namespace MemoryDapr.Crash.Kills;

/// <summary>What was killed where, and what came of it.</summary>
internal sealed class KillTable
{
    private readonly Dictionary<string, (int Kills, int Restarts)> _rows = [];

    public int Kills => _rows.Values.Sum(row => row.Kills);

    public void Add(Phase phase, bool restarted)
    {
        (int kills, int restarts) = _rows.GetValueOrDefault(phase.Name);
        _rows[phase.Name] = (kills + 1, restarts + (restarted ? 1 : 0));
    }

    public int KillsIn(Phase phase) => _rows.GetValueOrDefault(phase.Name).Kills;

    public async Task WriteAsync(TextWriter output)
    {
        int width = Phases.All.Max(phase => phase.Name.Length);
        await output.WriteLineAsync($"| {"phase".PadRight(width)} | kills | restarts ok |");
        await output.WriteLineAsync($"|{new string('-', width + 2)}|------:|------------:|");
        foreach (Phase phase in Phases.All.Where(phase => _rows.ContainsKey(phase.Name)))
        {
            (int kills, int restarts) = _rows[phase.Name];
            await output.WriteLineAsync($"| {phase.Name.PadRight(width)} | {kills,5} | {restarts,11} |");
        }

        await output.WriteLineAsync($"| {"all".PadRight(width)} | {Kills,5} | {_rows.Values.Sum(row => row.Restarts),11} |");
    }
}
