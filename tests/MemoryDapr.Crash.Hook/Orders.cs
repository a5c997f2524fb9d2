using System.Globalization;

namespace MemoryDapr.Crash.Hook;

/// <summary>Takes orders from standard input, which the program under test does not read, one in a line.</summary>
internal sealed class Orders(Killer killer)
{
    /// <summary>Reads until the input ends. Then whoever gave the orders is gone, and so is the reason to run.</summary>
    public void Read()
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        while (input.ReadLine() is { } line)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "kill":
                    killer.Arm(KillOrder.Parse(words.Skip(1)));
                    break;
                case "collect":
                    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"heap {Collect()}"));
                    break;
                default:
                    throw new InvalidOperationException($"There is no order '{words[0]}'.");
            }
        }

        Environment.Exit(1);
    }

    private static long Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
