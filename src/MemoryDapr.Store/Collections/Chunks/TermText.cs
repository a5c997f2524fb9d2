using System.Text;
using MemoryDapr.Stores.Analysis;

namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>Terms as one text, which a database splits at blanks again. No term has a blank inside.</summary>
internal sealed class TermText : ITermSink
{
    private readonly StringBuilder _text = new();

    public void Add(ReadOnlySpan<char> term) => _text.Append(_text.Length == 0 ? "" : " ").Append(term);

    public override string ToString() => _text.ToString();
}
