namespace Postern.Expressions;

/// <summary>The words in which the library's modules declare their functions.</summary>
internal static class ModuleTable
{
    public static HostModule Def(this HostModule module, string name, string signature, NativeBody body) =>
        module.Set(name, new NativeFunction(name, Signature.Parse(signature, isMethod: false), body));
}
