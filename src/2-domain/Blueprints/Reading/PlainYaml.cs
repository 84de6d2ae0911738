using System.Text.Json.Nodes;
using Postern.Blueprints.Nodes;
using YamlDotNet.Core;

namespace Postern.Blueprints.Reading;

/// <summary>Reads YAML or JSON without tags, as people type it into a form.</summary>
public static class PlainYaml
{
    static readonly BlueprintLimits Limits = BlueprintLimits.Default;

    /// <summary>The value, or the first problem with its line.</summary>
    public static (JsonNode? Value, string? Problem) Read(string text)
    {
        var problems = new ProblemList(Limits.MaxProblems);
        BlueprintNode? root = null;
        try
        {
            root = new NodeReader(new Parser(new Scanner(new StringReader(text), skipComments: true)), Limits, problems).ReadDocument();
        }
        catch (Exception e) when (e is YamlException or ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            return (null, e is YamlException yaml ? $"Line {yaml.Start.Line}, column {yaml.Start.Column}: {yaml.Message}" : e.Message);
        }
        if (problems.Any)
            return (null, problems.All[0].ToString());
        return root is null ? (null, null) : Plain(root);
    }

    static (JsonNode? Value, string? Problem) Plain(BlueprintNode node)
    {
        switch (node)
        {
            case ScalarNode scalar: return (scalar.ToJson(), null);
            case ListNode list:
                var array = new JsonArray();
                foreach (var item in list.Items)
                {
                    var (value, problem) = Plain(item);
                    if (problem is not null)
                        return (null, problem);
                    array.Add(value);
                }
                return (array, null);
            case MapNode map:
                var json = new JsonObject();
                foreach (var (key, inner) in map.Pairs)
                {
                    var (value, problem) = Plain(inner);
                    if (problem is not null)
                        return (null, problem);
                    json[key] = value;
                }
                return (json, null);
            default: return (null, "Tags are for blueprints; write the value itself.");
        }
    }
}
