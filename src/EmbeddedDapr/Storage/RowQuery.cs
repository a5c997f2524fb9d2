namespace EmbeddedDapr.Storage;

/// <summary>SQL that is run so often that sessions keep its statement by this object, not by its text. Make each once, as a static.</summary>
/// <param name="sql">Takes numbers and answers rows.</param>
internal sealed class RowQuery(string sql)
{
    public string Sql { get; } = sql;
}
