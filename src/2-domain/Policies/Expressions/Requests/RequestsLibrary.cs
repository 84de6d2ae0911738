using Postern.Expressions;

namespace Postern.Policies.Expressions.Requests;

/// <summary><c>requests</c>: HTTP calls of expressions, to hosts the installation allows.</summary>
sealed class RequestsLibrary(SendRequest send)
{
    static readonly string[] Verbs = ["get", "post", "put", "patch", "delete", "head", "options"];

    /// <summary>The object for one evaluation; requests are counted by it.</summary>
    public HostObject For(ExpressionRun run) => new Session(send, run);

    sealed class Session(SendRequest send, ExpressionRun run) : HostObject
    {
        int sent;

        public override string TypeName => "Session";

        protected override bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "request" => new HostFunction(name, call => SendAsync(call, call.RequireText(0, "method"), 1)),
                "Session" => new HostFunction(name, _ => this),
                "RequestException" or "HTTPError" or "ConnectionError" or "Timeout" => SendRequest.Failure,
                "exceptions" => new HostRecord("module", SendRequest.Exceptions),
                _ => Verbs.Contains(name, StringComparer.Ordinal) ? new HostFunction(name, call => SendAsync(call, name, 0)) : null,
            };
            return value is not null;
        }

        ValueTask<object?> SendAsync(HostCall call, string method, int urlAt) => send.ExecuteAsync(call, method, urlAt, ++sent, run);
    }
}
