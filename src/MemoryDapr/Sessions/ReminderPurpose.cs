using System.Text.Json.Serialization;
using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>What the session's one reminder is set to.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ReminderPurpose>))]
internal enum ReminderPurpose
{
    /// <summary>It is not set.</summary>
    None,

    /// <summary>It comes within a catch-up period: the session may be behind.</summary>
    CatchUp,

    /// <summary>It comes when the session will have been idle: nothing is to be done before.</summary>
    Idle,
}
