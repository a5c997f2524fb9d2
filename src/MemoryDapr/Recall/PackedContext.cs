namespace MemoryDapr.Recall;

/// <summary>Items as a text for a prompt.</summary>
/// <param name="Text">A marked block; empty if nothing fits.</param>
/// <param name="Tokens">Its estimated tokens.</param>
internal readonly record struct PackedContext(string Text, int Tokens);
