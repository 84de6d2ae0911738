using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Reading;

/// <summary>How keys of other types become the text keys that every stored value has.</summary>
internal static class MapKeys
{
    /// <summary>The key as text: numbers and booleans as JSON writes them; null for what cannot be a key.</summary>
    public static string? Text(BlueprintNode key) => key switch
    {
        ScalarNode { Kind: ScalarKind.Text or ScalarKind.Timestamp } scalar => scalar.Text,
        ScalarNode { Kind: ScalarKind.Null } => "null",
        ScalarNode scalar => scalar.ToJson()!.ToJsonString(),
        _ => null,
    };
}
