namespace EmbeddedDapr.Actors;

/// <summary>A turn threw, which is not the same as a call that reached no actor.</summary>
internal sealed class ActorTurnException(Exception thrown) : Exception(thrown.Message, thrown);
