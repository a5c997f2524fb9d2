using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MemoryDapr.Tests.Components;

/// <summary>A value of a YAML file, absent ones included.</summary>
internal readonly record struct Node(YamlNode? Value)
{
    public bool Exists => Value is not null;

    /// <summary>Its text; empty where it is absent.</summary>
    public string Text => (Value as YamlScalarNode)?.Value ?? "";

    public Mark Start => Value!.Start;

    public IEnumerable<Node> Items => (Value as YamlSequenceNode)?.Select(item => new Node(item)) ?? [];

    public IEnumerable<(string Key, Node Value)> Members =>
        (Value as YamlMappingNode)?.Select(member => (((YamlScalarNode)member.Key).Value!, new Node(member.Value))) ?? [];

    public Node this[string key] => Members.FirstOrDefault(member => member.Key == key).Value;
}
