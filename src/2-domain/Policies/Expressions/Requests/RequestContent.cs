using System.Text;
using Postern.Expressions;

namespace Postern.Policies.Expressions.Requests;

/// <summary>The body of a request: <c>json=</c>, or <c>data=</c> as a form, text or bytes.</summary>
static class RequestContent
{
    public static HttpContent? Of(HostCall call)
    {
        if (call.TryGet(-1, "json", out var json) && json is not null)
            return new StringContent(ScriptValue.ToJson(json)?.ToJsonString() ?? "null", Encoding.UTF8, "application/json");
        return (call.Get(-1, "data") is { } data ? ScriptValue.ToPlain(data) : null) switch
        {
            null => null,
            string text => new StringContent(text),
            byte[] bytes => new ByteArrayContent(bytes),
            IDictionary<string, object?> fields => new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Key, ScriptValue.ToText(f.Value)))),
            _ => throw new ScriptException(ExceptionTypes.TypeError, "data must be a dict, str or bytes"),
        };
    }
}
