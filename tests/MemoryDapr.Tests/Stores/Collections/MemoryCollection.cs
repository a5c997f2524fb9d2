using MemoryDapr.Store.Collections;

namespace MemoryDapr.Tests.Stores.Collections;

/// <summary>
/// A collection in memory that is as particular as the databases are: a put replaces whole objects, sorting folds case where filters do
/// not, questions without a word and beyond the limit are refused, and a tenant is there from its first object on.
/// </summary>
internal sealed class MemoryCollection(string[] searched) : ICollection
{
    private const double Saturation = 6;
    private const double LengthShare = 0.75;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<Guid, StoredObject>> _tenants = new(StringComparer.Ordinal);

    /// <summary>Called before each write: where a process may die.</summary>
    public Action BeforeWrite { get; set; } = () => { };

    public IReadOnlyCollection<string> Tenants => _tenants.Keys;

    /// <summary>How many objects were written.</summary>
    public int Puts { get; private set; }

    /// <summary>How many objects were read: those that were given, or all that had to be looked at to be sorted.</summary>
    public int Given { get; private set; }

    /// <summary>Everything in it, one line for each object, in a stable order.</summary>
    public IEnumerable<string> Dump() => _tenants
        .SelectMany(tenant => tenant.Value.Values.Select(stored => string.Join(
            ' ',
            stored.Properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => $"{property.Key}={property.Value}")
                .Prepend($"{tenant.Key} {stored.Id}")
                .Append(string.Join(',', stored.Vector ?? [])))))
        .Order(StringComparer.Ordinal);

    public Task PutAsync(string? tenant, IReadOnlyList<StoredObject> objects, CancellationToken cancellationToken)
    {
        if (objects.Select(stored => stored.Id).Distinct().Count() != objects.Count)
        {
            throw new CollectionException("An id stands twice in one call.");
        }

        foreach (StoredObject stored in objects)
        {
            BeforeWrite();
            lock (_lock)
            {
                Puts++;
                if (!_tenants.TryGetValue(tenant ?? "", out Dictionary<Guid, StoredObject>? all))
                {
                    _tenants.Add(tenant ?? "", all = []);
                }

                all[stored.Id] = stored with { Score = 0 };
            }
        }

        return Task.CompletedTask;
    }

    public Task DeleteAsync(string? tenant, Condition where, CancellationToken cancellationToken)
    {
        BeforeWrite();
        lock (_lock)
        {
            Dictionary<Guid, StoredObject> all = _tenants.GetValueOrDefault(tenant ?? "") ?? [];
            foreach (Guid id in all.Values.Where(stored => Holds(where, stored)).Select(stored => stored.Id).ToList())
            {
                all.Remove(id);
            }
        }

        return Task.CompletedTask;
    }

    public void RemoveTenant(string tenant)
    {
        BeforeWrite();
        lock (_lock)
        {
            _tenants.Remove(tenant);
        }
    }

    public Task<IReadOnlyList<StoredObject>> FindAsync(ObjectQuery query, CancellationToken cancellationToken)
    {
        if (query.Limit is < 1 or > ObjectQuery.MaxLimit || query.Properties.Count == 0 || query.Words?.Text.Trim() is "")
        {
            throw new CollectionException("The query is refused.");
        }

        lock (_lock)
        {
            StoredObject[] all = [.. (_tenants.GetValueOrDefault(query.Tenant ?? "") ?? []).Values];
            IEnumerable<StoredObject> found = all.Where(stored => query.Where is null || Holds(query.Where, stored));
            if (query.Words is { } words)
            {
                found = ByWords(all, [.. found], words.Property, words.Text);
            }
            else if (query.Near is { } near)
            {
                found = found.Where(stored => stored.Vector is not null)
                    .Select(stored => stored with { Score = Cosine(stored.Vector!, near) })
                    .OrderByDescending(stored => stored.Score);
            }
            else
            {
                found = Sort(found, query.Order).ToList();
                Given += IsSortedByReading(all, query.Order) ? found.Count() : 0;
            }

            StoredObject[] given = [.. found.Take(query.Limit).Select(stored => stored with
            {
                Properties = stored.Properties.Where(property => query.Properties.Contains(property.Key)).ToDictionary(),
                Vector = query.WithVectors ? stored.Vector : null,
            })];
            Given += given.Length;
            return Task.FromResult<IReadOnlyList<StoredObject>>(given);
        }
    }

    private IEnumerable<StoredObject> ByWords(StoredObject[] all, StoredObject[] found, string property, string text)
    {
        if (!searched.Contains(property))
        {
            throw new CollectionException("The property is not searched.");
        }

        string[][] documents = [.. all.Select(stored => Words(stored, property))];
        double mean = documents.Average(document => document.Length);
        return found.Select(stored => stored with { Score = text.Split(' ').Sum(term => Worth(term, Words(stored, property))) })
            .Where(stored => stored.Score > 0)
            .OrderByDescending(stored => stored.Score);

        double Worth(string term, string[] document)
        {
            int matching = documents.Count(words => words.Contains(term));
            double count = document.Count(word => word == term);
            double rarity = Math.Log(1 + ((all.Length - matching + 0.5) / (matching + 0.5)));
            return rarity * count / (count + (Saturation * (1 - LengthShare + (LengthShare * document.Length / mean))));
        }
    }

    private static string[] Words(StoredObject stored, string property) => (stored.Text(property) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static double Cosine(IReadOnlyList<float> left, IReadOnlyList<float> right) =>
        left.Zip(right, (x, y) => x * y).Sum() / Math.Sqrt(left.Sum(x => x * x) * right.Sum(y => y * y));

    // Only where one number is the order there is an index for it.
    private static bool IsSortedByReading(StoredObject[] all, IReadOnlyList<Ordering> order) =>
        order.Count > 1 || (order.Count == 1 && all.Any(stored => stored.Properties.GetValueOrDefault(order[0].Property) is string));

    private static IEnumerable<StoredObject> Sort(IEnumerable<StoredObject> found, IReadOnlyList<Ordering> order)
    {
        IOrderedEnumerable<StoredObject> sorted = found.OrderBy(_ => 0);
        foreach (Ordering key in order)
        {
            var comparer = Comparer<object>.Create((left, right) => left is string text
                ? string.CompareOrdinal(text.ToUpperInvariant(), ((string)right).ToUpperInvariant())
                : ((double)left).CompareTo((double)right));
            sorted = key.IsDescending
                ? sorted.ThenByDescending(stored => stored.Properties[key.Property], comparer)
                : sorted.ThenBy(stored => stored.Properties[key.Property], comparer);
        }

        return sorted;
    }

    private static bool Holds(Condition condition, StoredObject stored) => condition switch
    {
        Condition.AllOf all => all.Parts.All(part => Holds(part, stored)),
        Condition.AnyOf any => any.Parts.Any(part => Holds(part, stored)),
        Condition.Identified ids => ids.Values.Contains(stored.Id),
        Condition.Listed listed => Words(stored, listed.Property).Intersect(listed.Values).Any(),
        Condition.Compared compared => Holds(compared, stored.Properties.GetValueOrDefault(compared.Property)),
        _ => false,
    };

    private static bool Holds(Condition.Compared compared, object? value)
    {
        if (value is null)
        {
            return compared.Comparison == Comparison.NotEqual;
        }

        if (compared.Comparison is Comparison.Equal or Comparison.NotEqual)
        {
            bool isEqual = value is string text ? text.Split(' ').Contains((string)compared.Value) : value.Equals(compared.Value);
            return isEqual == (compared.Comparison == Comparison.Equal);
        }

        int order = value is string left ? string.CompareOrdinal(left, (string)compared.Value) : ((double)value).CompareTo((double)compared.Value);
        return compared.Comparison switch
        {
            Comparison.Greater => order > 0,
            Comparison.GreaterOrEqual => order >= 0,
            Comparison.Less => order < 0,
            _ => order <= 0,
        };
    }
}
