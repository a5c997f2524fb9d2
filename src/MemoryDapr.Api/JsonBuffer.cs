using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.ObjectPool;

namespace MemoryDapr.Api;

/// <summary>Where an answer's JSON is written before it is sent. Lent for one answer; a large one is not kept.</summary>
internal sealed class JsonBuffer
{
    private const int StartSize = 16_384;
    private const int LargestKept = 262_144;

    // Answers are JSON by their media type, never HTML: text keeps its apostrophes and its own script, in fewer bytes.
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly DefaultObjectPool<JsonBuffer> Pool = new DefaultObjectPool<JsonBuffer>(new Policy());

    private readonly ArrayBufferWriter<byte> _bytes = new(StartSize);

    public JsonBuffer() => Writer = new Utf8JsonWriter(_bytes, Form);

    /// <summary>Writes into it.</summary>
    public Utf8JsonWriter Writer { get; }

    /// <summary>What was written and flushed.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public static JsonBuffer Rent() => Pool.Get();

    /// <summary>Gives it back; it must not be used after that.</summary>
    public void Return() => Pool.Return(this);

    private sealed class Policy : IPooledObjectPolicy<JsonBuffer>
    {
        public JsonBuffer Create() => new();

        public bool Return(JsonBuffer obj)
        {
            bool isKept = obj._bytes.Capacity <= LargestKept;
            if (isKept)
            {
                obj._bytes.ResetWrittenCount();
                obj.Writer.Reset();
            }

            return isKept;
        }
    }
}
