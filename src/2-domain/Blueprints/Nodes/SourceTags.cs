namespace Postern.Blueprints.Nodes;

/// <summary><c>!KeyOf id</c>: the primary key of the object of an earlier entry.</summary>
public sealed class KeyOfNode(NodePlace place, string id) : TagNode(place, [], id.Length)
{
    /// <summary>The id of that entry.</summary>
    public string Id { get; } = id;
}

/// <summary><c>!Env NAME</c> or <c>!Env [NAME, default]</c>: an environment variable; an empty one counts as unset.</summary>
public sealed class EnvNode(NodePlace place, string name, BlueprintNode? fallback) : TagNode(place, Present(fallback), name.Length)
{
    /// <summary>The variable.</summary>
    public string Name { get; } = name;

    /// <summary>What stands in for an unset variable.</summary>
    public BlueprintNode? Default { get; } = fallback;
}

/// <summary><c>!File path</c> or <c>!File [path, default]</c>: the text of a file without the white space around it.</summary>
public sealed class FileNode(NodePlace place, string filePath, BlueprintNode? fallback) : TagNode(place, Present(fallback), filePath.Length)
{
    /// <summary>The file.</summary>
    public string FilePath { get; } = filePath;

    /// <summary>What stands in for an unreadable file.</summary>
    public BlueprintNode? Default { get; } = fallback;
}

/// <summary><c>!Context key</c> or <c>!Context [key, default]</c>: a value of the blueprint's context.</summary>
public sealed class ContextNode(NodePlace place, string key, BlueprintNode? fallback) : TagNode(place, Present(fallback), key.Length)
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;

    /// <summary>What stands in for a missing key.</summary>
    public BlueprintNode? Default { get; } = fallback;
}

/// <summary><c>!ParseJSON text</c>: the value a JSON text stands for.</summary>
public sealed class ParseJsonNode(NodePlace place, string json) : TagNode(place, [], json.Length)
{
    /// <summary>The JSON text, checked when the blueprint was read.</summary>
    public string Json { get; } = json;
}
