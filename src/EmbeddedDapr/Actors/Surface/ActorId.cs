#nullable disable // As in the official package, which is not annotated here.

namespace Dapr.Actors;

/// <summary>Names one actor among those of its type.</summary>
public class ActorId
{
    private readonly string _id;

    /// <summary>The id <paramref name="id"/>, which is neither empty nor blank.</summary>
    public ActorId(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        _id = id;
    }

    /// <summary>Whether both name the same actor.</summary>
    public static bool operator ==(ActorId x, ActorId y) => x is null ? y is null : x.Equals(y);

    /// <summary>Whether they name different actors.</summary>
    public static bool operator !=(ActorId x, ActorId y) => !(x == y);

    /// <summary>The id as it was given.</summary>
    public string GetId() => _id;

    /// <summary>Whether both name the same actor: ids are compared ordinally.</summary>
    public bool Equals(ActorId other) => other is not null && string.Equals(_id, other._id, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object obj) => Equals(obj as ActorId);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_id);

    /// <summary>The id as it was given.</summary>
    public override string ToString() => _id;
}
