using System.Text.Json;
using FluentValidation.Results;
using MemoryDapr.Api.Problems;

namespace MemoryDapr.Api.Requests;

/// <summary>
/// Reads one request part by part and collects every broken rule. When all parts have been asked for, <see cref="Failure"/> is the
/// answer to a request that broke any; what was read counts only if it is null.
/// </summary>
internal sealed class RequestCheck(HttpContext context)
{
    private readonly List<Fault> _faults = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private Problem? _unreadable;

    /// <summary>The problem, unless every rule holds.</summary>
    public Problem? Failure
    {
        get
        {
            if (_unreadable is not null)
            {
                return _faults.Count == 0 ? _unreadable : _unreadable with { Errors = [.. _faults, .. _unreadable.Errors ?? []] };
            }

            if (context.Request.QueryString.HasValue)
            {
                IEnumerable<string> unknown = context.Request.Query.Keys.Where(name => !_asked.Contains(name));
                _faults.AddRange(unknown.Take(JsonBinder.MaxFaults).Select(name => new Fault(JsonPointer.Append("", name), "unknown", "There is no such parameter.")));
            }

            return _faults.Count == 0 ? null : new Problem(ProblemTypes.Validation, null, [.. _faults]);
        }
    }

    /// <summary>The body as a record, checked by its validator. Its faults do not keep other parts from being checked.</summary>
    public async ValueTask<T> BodyAsync<T>(RequestValidator<T> validator)
        where T : class, new()
    {
        ReadOnlyMemory<byte> body = await BytesAsync("application/json");
        return _unreadable is null ? Parse(body, validator, "") : new T();
    }

    /// <summary>The body as it came; empty if it cannot be read.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> BytesAsync(string mediaType)
    {
        (ReadOnlyMemory<byte> body, _unreadable) = await BodyReader.ReadAsync(context.Request, mediaType, context.RequestAborted);
        return body;
    }

    /// <summary>A JSON text as a record, checked by its validator; faults are told under <paramref name="pointer"/>.</summary>
    public T Parse<T>(ReadOnlyMemory<byte> text, RequestValidator<T> validator, string pointer)
        where T : class, new()
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonBinder.MaxDepth });
            return Check(json.RootElement, validator, pointer);
        }
        catch (JsonException exception)
        {
            string place = $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
            _unreadable ??= BodyReader.Malformed(pointer, "json", $"This is not JSON, or nested deeper than {JsonBinder.MaxDepth} levels: {place}.");
            return new T();
        }
    }

    /// <summary>A path parameter that follows a form.</summary>
    public string Route(string name, TextForm form) =>
        context.Request.RouteValues[name] is string value && form.Holds(value) ? value : Refuse("/" + name, form.Rule, form.Message) ?? "";

    /// <summary>A query parameter that follows a form; null if it is not there.</summary>
    public string? Query(string name, TextForm form) =>
        Single(name) is not { } value ? null : form.Holds(value) ? value : Refuse("/" + name, form.Rule, form.Message);

    /// <summary>How many a list is to have.</summary>
    public int Limit(int standard = 50, int most = 100)
    {
        if (Single("limit") is not { } value)
        {
            return standard;
        }

        bool isNumber = int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int limit);
        if (isNumber && limit >= 1 && limit <= most)
        {
            return limit;
        }

        Refuse("/limit", "range", $"Must be a whole number from 1 to {most}.");
        return standard;
    }

    /// <summary>A comma list of an enum's members; empty if it is not there.</summary>
    public IReadOnlyList<T> List<T>(string name)
        where T : struct, Enum
    {
        if (Single(name) is not { } value)
        {
            return [];
        }

        object?[] members = [.. value.Split(',').Select(part => EnumNames.Parse(typeof(T), part))];
        if (!members.Contains(null))
        {
            return [.. members.Cast<T>().Distinct()];
        }

        Refuse("/" + name, "enum", $"Must be a comma list of {string.Join(", ", EnumNames.Of(typeof(T)))}.");
        return [];
    }

    /// <summary>A header that follows a form; null if it is not there.</summary>
    public string? Header(string name, TextForm form)
    {
        Microsoft.Extensions.Primitives.StringValues values = context.Request.Headers[name];
        if (values.Count == 0)
        {
            return null;
        }

        return values.Count == 1 && form.Holds(values[0]!) ? values[0] : Refuse("/" + name, form.Rule, form.Message);
    }

    /// <summary>Adds a broken rule.</summary>
    public string? Refuse(string pointer, string rule, string message)
    {
        _faults.Add(new Fault(pointer, rule, message));
        return null;
    }

    private T Check<T>(JsonElement json, RequestValidator<T> validator, string pointer)
        where T : class, new()
    {
        List<Fault> faults = [];
        T request = new JsonBinder(faults).Bind<T>(json);
        int shape = faults.Count;
        foreach (ValidationFailure failure in validator.Check(request).Errors)
        {
            string place = failure.CustomState is string name
                ? JsonPointer.Append(JsonPointer.FromPropertyPath(failure.PropertyName), name)
                : JsonPointer.FromPropertyPath(failure.PropertyName);

            // What was left out for its shape is not missing as well.
            if (faults.Count < JsonBinder.MaxFaults && !faults.Take(shape).Any(fault => place == fault.Pointer || place.StartsWith(fault.Pointer + "/", StringComparison.Ordinal)))
            {
                faults.Add(new Fault(place, failure.ErrorCode, failure.ErrorMessage));
            }
        }

        if (faults.Count > 0)
        {
            int room = Math.Max(0, JsonBinder.MaxFaults - _faults.Count);
            _faults.AddRange(faults.Take(room).Select(fault => pointer.Length == 0 ? fault : fault with { Pointer = pointer + fault.Pointer }));
        }

        return request;
    }

    private string? Single(string name)
    {
        _asked.Add(name);
        Microsoft.Extensions.Primitives.StringValues values = context.Request.Query[name];
        if (values.Count > 1)
        {
            Refuse("/" + name, "duplicate", "The parameter is there more than once.");
        }

        return values.Count == 0 ? null : values[0];
    }
}
