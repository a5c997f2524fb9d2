namespace MemoryDapr.Api;

/// <summary>Users of a tenant.</summary>
internal static class Users
{
    /// <summary>Who is meant where nobody is named.</summary>
    public const string Default = "default";
}
