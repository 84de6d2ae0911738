using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Expressions;
using Postern.Policies.Expressions.Objects;

namespace Postern.Policies.Expressions.Requests;

/// <summary>An answer as expressions see it.</summary>
sealed class ResponseObject : HostObject
{
    static readonly HostMembers<ResponseObject> Members = new HostMembers<ResponseObject>()
        .Property("status_code", static self => self.status)
        .Property("ok", static self => self.status < 400)
        .Property("reason", static self => self.reason)
        .Property("url", static self => self.url)
        .Property("headers", static self => new HeadersObject(self.headers))
        .Property("text", static self => Encoding.UTF8.GetString(self.body))
        .Property("content", static self => self.body)
        .Method("json", static (self, _) => self.Json())
        .Method("raise_for_status", static (self, _) => self.Raise());

    readonly int status;
    readonly string reason;
    readonly string url;
    readonly byte[] body;
    readonly Dictionary<string, string> headers;

    ResponseObject(HttpResponseMessage response, byte[] body)
    {
        status = (int)response.StatusCode;
        reason = response.ReasonPhrase ?? "";
        url = response.RequestMessage?.RequestUri?.ToString() ?? "";
        headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        this.body = body;
    }

    public override string TypeName => "Response";

    protected override bool IsTrue => status < 400;

    public static async Task<ResponseObject> ReadAsync(HttpResponseMessage response, int mostBytes, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var chunk = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(chunk, cancellation)) > 0;)
        {
            if (buffer.Length + read > mostBytes)
                throw new ScriptException(SendRequest.Failure, $"the answer is larger than {mostBytes} bytes");
            buffer.Write(chunk, 0, read);
        }
        return new ResponseObject(response, buffer.ToArray());
    }

    protected override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

    protected override string Represent() => $"<Response [{status}]>";

    JsonNode? Json()
    {
        try
        {
            return JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { MaxDepth = 64 });
        }
        catch (JsonException e)
        {
            throw new ScriptException(ExceptionTypes.ValueError, e.Message);
        }
    }

    object? Raise() => status < 400 ? null : throw new ScriptException(SendRequest.Failure, $"{status} {(status < 500 ? "Client" : "Server")} Error: {reason} for url: {url}");
}
