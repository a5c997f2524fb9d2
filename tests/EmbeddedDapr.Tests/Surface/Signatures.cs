using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace EmbeddedDapr.Tests.Surface;

/// <summary>
/// Writes types and members in the notation of the recorded files, which marks the outermost type of a signature as
/// <see cref="NullabilityInfoContext"/> sees it: an unconstrained type parameter of annotated code counts as nullable.
/// </summary>
internal static class Signatures
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
    };

    public static string KindOf(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    public static string NameOf(Type type)
    {
        string prefix = type.IsNested ? NameOf(type.DeclaringType!) : type.Namespace!;
        return $"{prefix}.{Simple(type)}{Arguments(type)}";
    }

    /// <summary>The base class and the interfaces that the type itself names.</summary>
    public static IEnumerable<string> BasesOf(Type type)
    {
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
        {
            yield return Write(parent);
        }

        IEnumerable<Type> inherited = type.GetInterfaces().SelectMany(i => i.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []);
        foreach (Type own in type.GetInterfaces().Except(inherited))
        {
            yield return Write(own);
        }
    }

    public static IEnumerable<string> MembersOf(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type);
        }

        IEnumerable<string> constructors = type.GetConstructors(Declared).Where(c => !c.IsStatic && IsVisible(c)).Select(Write);
        IEnumerable<string> properties = type.GetProperties(Declared).Where(p => p.GetAccessors(nonPublic: true).Any(IsVisible)).Select(Write);
        IEnumerable<string> methods = type.GetMethods(Declared).Where(m => IsVisible(m) && !m.IsSpecialName && !IsOfObject(m)).Select(Write);
        IEnumerable<string> fields = type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly)
            .Select(f => $"public {Write(f.FieldType, new NullabilityInfoContext().Create(f).ReadState)} {f.Name}");
        return [.. constructors, .. properties, .. methods, .. fields];
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // The recorded files leave out what every object has, and what a record's compiler adds for "with".
    private static bool IsOfObject(MethodInfo method) =>
        method.Name is nameof(ToString) or nameof(GetHashCode) or "<Clone>$"
        || (method.Name == nameof(Equals) && method.GetParameters() is [{ } only] && only.ParameterType == typeof(object));

    private static string Write(ConstructorInfo constructor) =>
        $"{Access(constructor)} {Simple(constructor.DeclaringType!)}({Parameters(constructor)})";

    private static string Write(PropertyInfo property)
    {
        MethodInfo first = property.GetAccessors(nonPublic: true).First(IsVisible);
        MethodInfo widest = property.GetAccessors(nonPublic: true).FirstOrDefault(accessor => accessor.IsPublic) ?? first;
        string type = Write(property.PropertyType, Annotation(property));
        string accessors = string.Concat(
            new[] { property.GetMethod, property.SetMethod }.Where(accessor => accessor is not null && IsVisible(accessor)).Select(accessor =>
                $"{(Access(accessor!) == Access(widest) ? string.Empty : Access(accessor!) + " ")}{Keyword(property, accessor!)}; "));
        return $"{Access(widest)}{Modifiers(widest)} {type} {property.Name} {{ {accessors}}}{Obsolete(property)}";
    }

    private static string Keyword(PropertyInfo property, MethodInfo accessor) =>
        accessor == property.GetMethod ? "get"
        : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init"
        : "set";

    private static string Write(MethodInfo method)
    {
        string result = Write(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter).ReadState);
        string generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(t => t.Name))}>" : string.Empty;
        string constraints = string.Concat(method.GetGenericArguments().Select(Constraints));
        return $"{Access(method)}{Modifiers(method)} {result} {method.Name}{generics}({Parameters(method)}){constraints}{Obsolete(method)}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
    {
        string extension = parameter.Position == 0 && method.IsDefined(typeof(ExtensionAttribute)) ? "this " : string.Empty;
        string passing = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : string.Empty;
        Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        string written = Write(type, new NullabilityInfoContext().Create(parameter).ReadState);
        return $"{extension}{passing}{written} {parameter.Name}{Default(parameter, type)}";
    }));

    private static string Default(ParameterInfo parameter, Type type)
    {
        if (!parameter.HasDefaultValue)
        {
            return string.Empty;
        }

        return " = " + parameter.RawDefaultValue switch
        {
            null => "default",
            string text => $"\"{text}\"",
            { } value when type.IsEnum => Enum.ToObject(type, value).ToString(),
            { } value => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
    }

    private static string Constraints(Type parameter)
    {
        GenericParameterAttributes attributes = parameter.GenericParameterAttributes;
        var parts = new List<string>();
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            parts.Add("class");
        }

        parts.AddRange(parameter.GetGenericParameterConstraints().Select(Write));
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            parts.Add("new()");
        }

        return parts.Count == 0 ? string.Empty : $" where {parameter.Name} : {string.Join(", ", parts)}";
    }

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Modifiers(MethodInfo method) => method switch
    {
        { IsStatic: true } => " static",
        { DeclaringType.IsInterface: true } => string.Empty,
        { IsAbstract: true } => " abstract",
        { IsVirtual: true, IsFinal: false } => " virtual",
        _ => string.Empty,
    };

    private static string Obsolete(MemberInfo member) => member.IsDefined(typeof(ObsoleteAttribute)) ? "  [Obsolete]" : string.Empty;

    private static NullabilityState Annotation(PropertyInfo property)
    {
        NullabilityInfo annotation = new NullabilityInfoContext().Create(property);
        return property.CanRead ? annotation.ReadState : annotation.WriteState;
    }

    private static string Write(Type type, NullabilityState annotation) =>
        annotation == NullabilityState.Nullable && Nullable.GetUnderlyingType(type) is null ? Write(type) + "?" : Write(type);

    private static string Write(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Write(underlying) + "?";
        }

        return type.IsArray ? Write(type.GetElementType()!) + "[]"
            : type.IsGenericParameter ? type.Name
            : Keywords.TryGetValue(type, out string? keyword) ? keyword
            : $"{(type.IsNested ? Simple(type.DeclaringType!) + "." : string.Empty)}{Simple(type)}{Arguments(type)}";
    }

    private static string Arguments(Type type)
    {
        Type[] own = type.IsNested ? [.. type.GetGenericArguments().Skip(type.DeclaringType!.GetGenericArguments().Length)] : type.GetGenericArguments();
        return own.Length == 0 ? string.Empty : $"<{string.Join(", ", own.Select(Write))}>";
    }

    private static string Simple(Type type) => type.Name.Split('`')[0];
}
