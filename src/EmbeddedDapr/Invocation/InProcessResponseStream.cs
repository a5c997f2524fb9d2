using System.IO.Pipelines;

namespace EmbeddedDapr.Invocation;

/// <summary>
/// What the app writes its response to. The first write or flush makes the headers final; what is written after the caller left is
/// dropped, as at a socket.
/// </summary>
internal sealed class InProcessResponseStream(PipeWriter writer, Func<Task> start, CancellationToken aborted) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await start();
        if (!aborted.IsCancellationRequested)
        {
            await writer.WriteAsync(buffer, cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await start();
        if (!aborted.IsCancellationRequested)
        {
            await writer.FlushAsync(cancellationToken);
        }
    }

    // As in Kestrel: a blocking write holds a thread for as long as the caller reads slowly.
    public override void Write(byte[] buffer, int offset, int count) =>
        throw new InvalidOperationException("Synchronous operations are disallowed. Call WriteAsync.");

    public override void Flush() => throw new InvalidOperationException("Synchronous operations are disallowed. Call FlushAsync.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
