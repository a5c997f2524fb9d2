namespace MemoryDapr.Crash.Load;

/// <summary>Makes turns that are worth remembering, each with a word that is in no other.</summary>
internal sealed class Stories(Random random)
{
    private static readonly string[] Names = ["Marta", "Jonas", "Priya", "Oleg", "Aiko", "Samuel", "Lena", "Tomas", "Nadia", "Pierre"];
    private static readonly string[] Places = ["Lisbon", "Kyoto", "Oslo", "Valencia", "Montreal", "Krakow", "Nairobi", "Quito", "Dublin", "Hanoi"];
    private static readonly string[] Things = ["violin", "kayak", "telescope", "bicycle", "greenhouse", "sewing machine", "canoe", "drum kit"];
    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    public PostedTurn Next(string id)
    {
        string marker = NextMarker();
        string name = Pick(Names);
        string place = Pick(Places);
        string content = random.Next(4) switch
        {
            0 => $"I moved to {place} with {name} in 20{random.Next(10, 25)} and we named our house {marker}.",
            1 => $"My friend {name} from {place} sold me a {Pick(Things)} called {marker} last {Pick(Days)}.",
            2 => $"{name} and I will meet in {place} on {Pick(Days)}; the hotel is {marker}.",
            _ => $"I bought a {Pick(Things)} in {place} for {random.Next(100, 999)} euros, its maker is {marker}.",
        };
        return new PostedTurn(id, marker, content);
    }

    private string NextMarker() => "zq" + string.Concat(Enumerable.Range(0, 8).Select(_ => (char)('a' + random.Next(26))));

    private string Pick(string[] words) => words[random.Next(words.Length)];
}
