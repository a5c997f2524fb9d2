using System.Reflection;

namespace EmbeddedDapr.Actors;

#pragma warning disable CA1852 // DispatchProxy derives from it at run time.
/// <summary>The body of every proxy: any method of the interface ends here.</summary>
internal class ActorDispatchProxy : DispatchProxy
#pragma warning restore CA1852
{
    private IReadOnlyDictionary<MethodInfo, ActorMethod>? _methods;
    private ActorCaller? _caller;

    public void Bind(IReadOnlyDictionary<MethodInfo, ActorMethod> methods, ActorCaller caller)
    {
        _methods = methods;
        _caller = caller;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _caller!.Call(_methods![targetMethod!], args ?? []);
}
