using System.Buffers;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace EmbeddedDapr.Actors;

/// <summary>
/// One method of an actor interface: how its arguments and its result become JSON on one side and values on the other. Nothing but
/// JSON crosses, so that caller and actor never share an object.
/// </summary>
internal sealed class ActorMethod
{
    private static readonly MethodInfo WriteResultOf = typeof(ActorMethod).GetMethod(nameof(WriteResultAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo ReadResultOf = typeof(ActorMethod).GetMethod(nameof(ReadResultAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly Type[] _arguments;
    private readonly Func<object, object?[], Task> _invoke;
    private readonly Func<Task, JsonSerializerOptions, Task<byte[]>> _writeResult;
    private readonly Func<Task<byte[]>, JsonSerializerOptions, Task> _readResult;

    public ActorMethod(MethodInfo method)
    {
        Interface = method.DeclaringType!;
        Name = method.Name;
        Type[] parameters = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];
        TakesToken = parameters is [.., { } last] && last == typeof(CancellationToken);
        _arguments = TakesToken ? parameters[..^1] : parameters;
        _invoke = Compile(method, parameters);
        if (method.ReturnType == typeof(Task))
        {
            _writeResult = WriteNothingAsync;
            _readResult = static (reply, _) => reply;
        }
        else
        {
            Type result = method.ReturnType.GetGenericArguments()[0];
            _writeResult = WriteResultOf.MakeGenericMethod(result).CreateDelegate<Func<Task, JsonSerializerOptions, Task<byte[]>>>();
            _readResult = ReadResultOf.MakeGenericMethod(result).CreateDelegate<Func<Task<byte[]>, JsonSerializerOptions, Task>>();
        }
    }

    public Type Interface { get; }

    public string Name { get; }

    public bool TakesToken { get; }

    public byte[] WriteArguments(object?[] arguments, JsonSerializerOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            for (int i = 0; i < _arguments.Length; i++)
            {
                JsonSerializer.Serialize(writer, arguments[i], _arguments[i], options);
            }

            writer.WriteEndArray();
        }

        return ActorPayload.Check(buffer.WrittenSpan.ToArray());
    }

    /// <summary>Calls the method of <paramref name="actor"/> and answers its result.</summary>
    public Task<byte[]> InvokeAsync(object actor, byte[] arguments, JsonSerializerOptions options, CancellationToken cancellationToken)
    {
        object?[] values = ReadArguments(arguments, options);
        if (TakesToken)
        {
            values[^1] = cancellationToken;
        }

        return _writeResult(_invoke(actor, values), options);
    }

    /// <summary>The task that the caller of the method gets, of the type that the method declares.</summary>
    public Task ReadResult(Task<byte[]> reply, JsonSerializerOptions options) => _readResult(reply, options);

    private object?[] ReadArguments(byte[] arguments, JsonSerializerOptions options)
    {
        object?[] values = new object?[_arguments.Length + (TakesToken ? 1 : 0)];
        var reader = new Utf8JsonReader(arguments);
        reader.Read();
        for (int i = 0; i < _arguments.Length; i++)
        {
            reader.Read();
            values[i] = JsonSerializer.Deserialize(ref reader, _arguments[i], options);
        }

        return values;
    }

    private static Func<object, object?[], Task> Compile(MethodInfo method, Type[] parameters)
    {
        ParameterExpression actor = Expression.Parameter(typeof(object));
        ParameterExpression values = Expression.Parameter(typeof(object?[]));
        IEnumerable<Expression> arguments = parameters.Select(
            (type, i) => Expression.Convert(Expression.ArrayIndex(values, Expression.Constant(i)), type));
        Expression call = Expression.Call(Expression.Convert(actor, method.DeclaringType!), method, arguments);
        return Expression.Lambda<Func<object, object?[], Task>>(call, actor, values).Compile();
    }

    private static async Task<byte[]> WriteNothingAsync(Task task, JsonSerializerOptions options)
    {
        await task;
        return [];
    }

    private static async Task<byte[]> WriteResultAsync<T>(Task task, JsonSerializerOptions options) =>
        ActorPayload.Check(JsonSerializer.SerializeToUtf8Bytes(await (Task<T>)task, options));

    private static async Task<T?> ReadResultAsync<T>(Task<byte[]> reply, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<T>(await reply, options);
}
