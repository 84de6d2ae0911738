namespace Postern.Expressions;

/// <summary>The modules every script can import.</summary>
internal static partial class Library
{
    private static readonly Dictionary<string, HostModule> Modules = Build();

    public static IEnumerable<string> Names => Modules.Keys;

    public static HostModule? Find(string name) => Modules.GetValueOrDefault(name);

    private static Dictionary<string, HostModule> Build()
    {
        // The builtin types are the classes of several modules, and must be filled first.
        Types.Declare();
        HostModule[] modules =
        [
            CollectionsLibrary.Build(), ReLibrary.Build(), JsonLibrary.Build(), TimeLibraries.BuildDateTime(), TimeLibraries.BuildTime(),
            UuidValue.BuildModule(), Base64Library.Build(), HashLibrary.BuildHash(), HashLibrary.BuildHmac(), MathLibrary.Build(),
            RandomLibraries.BuildRandom(), RandomLibraries.BuildSecrets(), UrlLibrary.Build(), TextLibraries.BuildString(), TextLibraries.BuildHtml(),
            TextLibraries.BuildUnicode(), TextLibraries.BuildTyping(), TextWrapLibrary.Build(), Itertools.Build(), Functools.Build(),
            Functools.BuildOperator(), IpLibrary.Build(), CopyLibrary.Build(),
        ];
        return modules.ToDictionary(m => m.Name, StringComparer.Ordinal);
    }
}
