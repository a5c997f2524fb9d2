namespace MemoryDapr.Sessions;

/// <summary>What became of one turn.</summary>
/// <param name="Id">The turn's id.</param>
/// <param name="ItemId">The id of the turn as evidence.</param>
/// <param name="Status">What became of it.</param>
public sealed record AppendedTurn(string Id, string ItemId, TurnStatus Status);
