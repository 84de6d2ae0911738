using Postern.Expressions;
using Postern.Policies.Engine;
using Postern.Policies.Expressions.Models;

namespace Postern.Policies.Expressions.Objects;

/// <summary><c>http_request</c>: the facts of the HTTP request.</summary>
sealed class HttpRequestObject(HttpFacts facts, ExpressionRun run) : HostObject
{
    static readonly HostMembers<HttpRequestObject> Members = new HostMembers<HttpRequestObject>()
        .Property("path", static self => self.Facts.Path)
        .Property("method", static self => self.Facts.Method)
        .Property("GET", static self => new QueryValuesObject(self.Facts.Query))
        .Property("POST", static self => new QueryValuesObject(self.Facts.Form))
        .Property("COOKIES", static self => self.Facts.Cookies)
        .Property("META", static self => self.Meta())
        .Property("headers", static self => new HeadersObject(self.Facts.Headers))
        .Property("session", static _ => new ScriptDict())
        .Property("user", static self => UserObject.OfCaller(self.Run))
        .Property("request_id", static self => self.Facts.Id)
        .Property("scheme", static self => self.Facts.IsSecure ? "https" : "http")
        .Method("get_host", static (self, _) => self.Facts.Host)
        .Method("is_secure", static (self, _) => self.Facts.IsSecure)
        .Method("get_full_path", static (self, _) => new Uri(self.Facts.Url).PathAndQuery)
        .Method("build_absolute_uri", static (self, call) => self.Absolute(call.Get(0, "location") is { } place ? ScriptValue.ToText(place) : null));

    public override string TypeName => "WSGIRequest";

    HttpFacts Facts { get; } = facts;

    ExpressionRun Run { get; } = run;

    protected override bool TryGetAttribute(string name, out object? value)
    {
        if (Members.TryGet(this, name, out value))
            return true;
        if (!Run.Catalog.HttpMembers.TryGetValue(name, out var member))
            return false;
        value = Run.Show(Run.Await(member.Value(Run)));
        return true;
    }

    // Where a base URL is configured it wins over what the request claims to be its host.
    string Absolute(string? location)
    {
        var request = new Uri(Facts.Url);
        if (location is null)
            return request.AbsoluteUri;
        return new Uri(Run.BaseUrl ?? request, location).AbsoluteUri;
    }

    ScriptDict Meta()
    {
        var meta = new ScriptDict
        {
            ["REQUEST_METHOD"] = Facts.Method,
            ["PATH_INFO"] = Facts.Path,
            ["REMOTE_ADDR"] = Facts.ClientIp?.ToString(),
            ["HTTP_HOST"] = Facts.Host,
        };
        foreach (var (name, text) in Facts.Headers)
            meta[$"HTTP_{name.ToUpperInvariant().Replace('-', '_')}"] = text;
        return meta;
    }
}
