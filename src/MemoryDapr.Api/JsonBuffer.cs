using System.Text.Encodings.Web;
using System.Text.Json;
using MemoryDapr.Types;
using Microsoft.Extensions.ObjectPool;

namespace MemoryDapr.Api;

/// <summary>Where an answer's JSON is written before it is sent. Lent for one answer; a large one is not kept.</summary>
internal sealed class JsonBuffer
{
    private const int LargestKept = 262_144;

    // Answers are JSON by their media type, never HTML: text keeps its apostrophes and its own script, in fewer bytes.
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly DefaultObjectPool<JsonBuffer> Pool = new DefaultObjectPool<JsonBuffer>(new Policy());

    public JsonBuffer() => Writer = new Utf8JsonWriter(Text, Form);

    /// <summary>What is in it, and one way to write to it.</summary>
    public JsonText Text { get; } = new();

    /// <summary>The other way, for the serializer. It must be flushed.</summary>
    public Utf8JsonWriter Writer { get; }

    public static JsonBuffer Rent() => Pool.Get();

    /// <summary>Gives it back; it must not be used after that.</summary>
    public void Return() => Pool.Return(this);

    private sealed class Policy : IPooledObjectPolicy<JsonBuffer>
    {
        public JsonBuffer Create() => new();

        public bool Return(JsonBuffer obj)
        {
            bool isKept = obj.Text.Capacity <= LargestKept;
            if (isKept)
            {
                obj.Text.Clear();
                obj.Writer.Reset();
            }

            return isKept;
        }
    }
}
