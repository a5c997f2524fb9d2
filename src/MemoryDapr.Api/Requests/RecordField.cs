namespace MemoryDapr.Api.Requests;

/// <summary>A field of a request's record.</summary>
/// <param name="Name">As JSON has it.</param>
/// <param name="Type">What its value is, where it has one.</param>
/// <param name="Set">Gives it a value.</param>
internal sealed record RecordField(string Name, Type Type, Action<object, object?> Set);
