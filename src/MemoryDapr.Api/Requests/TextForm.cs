using System.Text.RegularExpressions;

namespace MemoryDapr.Api.Requests;

/// <summary>A form that a short text must have.</summary>
/// <param name="Rule">The rule's stable name.</param>
/// <param name="Message">The form in words.</param>
/// <param name="Pattern">The form.</param>
internal sealed record TextForm(string Rule, string Message, Regex Pattern)
{
    public bool Holds(string value) => Pattern.IsMatch(value);
}
