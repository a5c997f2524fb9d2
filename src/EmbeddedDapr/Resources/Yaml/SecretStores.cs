namespace EmbeddedDapr.Resources.Yaml;

/// <summary>The declared secret stores; the one type here is <c>secretstores.local.env</c>, the process's environment.</summary>
internal sealed class SecretStores(IEnumerable<ComponentDocument> components, Func<string, string?> environment)
{
    private readonly HashSet<string> _names =
        [.. components.Where(component => component.Spec.Type == "secretstores.local.env").Select(component => component.Metadata.Name)];

    /// <summary>The entry's value, or its secret's. A secret that is not there is empty, as daprd has it.</summary>
    public string Resolve(NameValue entry, AuthDocument? auth)
    {
        if (entry.SecretKeyRef is not { } reference)
        {
            return entry.Value ?? throw new FormatException($"'{entry.Name}' has neither value nor secretKeyRef");
        }

        if (auth is null || !_names.Contains(auth.SecretStore))
        {
            throw new FormatException($"'{entry.Name}' refers to a secret, but auth.secretStore names no declared secretstores.local.env");
        }

        // The store has one key per secret, the variable's own name.
        return (reference.Key ?? reference.Name) == reference.Name && !IsDapr(reference.Name) ? environment(reference.Name) ?? "" : "";
    }

    private static bool IsDapr(string name) =>
        name.StartsWith("DAPR_", StringComparison.OrdinalIgnoreCase) || name.Equals("APP_API_TOKEN", StringComparison.OrdinalIgnoreCase);
}
