using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Postern.Flows.Running;

/// <summary>A posted form as an answer: one value is a text, several are a list.</summary>
public static class FormAnswer
{
    public static JsonObject Of(IFormCollection form)
    {
        var answer = new JsonObject();
        foreach (var (name, values) in form)
            answer[name] = values.Count == 1 ? values[0] : new JsonArray([.. values.Select(v => (JsonNode?)v)]);
        return answer;
    }
}
