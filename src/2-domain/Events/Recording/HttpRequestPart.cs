using System.Text.Json.Nodes;
using System.Web;
using Postern.Kernel.Access;

namespace Postern.Events.Recording;

/// <summary>The <c>http_request</c> part of an event's context.</summary>
static class HttpRequestPart
{
    const string ExecutorPrefix = "/api/v3/flows/executor/";

    public static JsonObject Of(RequestInfo request)
    {
        var args = Args(request.Query);
        // Flow pages pass their own query string on inside one argument.
        if (request.Path.StartsWith(ExecutorPrefix, StringComparison.Ordinal) && args["query"]?.GetValue<string>() is { } wrapped)
            args = Args(wrapped);
        return new JsonObject
        {
            ["path"] = request.Path,
            ["method"] = request.Method,
            ["args"] = args,
            ["user_agent"] = request.UserAgent,
            ["request_id"] = request.Id,
        };
    }

    static JsonObject Args(string query)
    {
        var args = new JsonObject();
        var parsed = HttpUtility.ParseQueryString(query);
        foreach (var key in parsed.AllKeys.OfType<string>())
            args[key] = parsed.GetValues(key)?.LastOrDefault();
        return args;
    }
}
