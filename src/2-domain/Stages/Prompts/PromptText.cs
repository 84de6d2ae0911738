using System.Globalization;
using System.Text.Json.Nodes;

namespace Postern.Stages.Prompts;

/// <summary>Values as the wire's texts: Python's spelling of truth, ISO dates.</summary>
static class PromptText
{
    public static string Of(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "True" : "False",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        JsonNode node => node.ToJsonString(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
