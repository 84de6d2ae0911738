using Postern.Expressions;
using Postern.Policies.Engine;

namespace Postern.Policies.Expressions.Objects;

/// <summary><c>request</c>: what is being decided.</summary>
sealed class RequestObject(PolicyRequest request, ExpressionRun run, LiveDictionary context) : HostObject
{
    static readonly HostMembers<RequestObject> Members = new HostMembers<RequestObject>()
        .Property("user", static self => UserObject.Of(self.Request.User, self.Run))
        .Property("http_request", static self => self.Request.Http is { } facts ? new HttpRequestObject(facts, self.Run) : null)
        .Property("obj", static self => self.Run.Show(self.Request.Obj))
        .Property("context", static self => self.Context)
        .Property("debug", static self => self.Request.Debug);

    public override string TypeName => "PolicyRequest";

    PolicyRequest Request { get; } = request;

    ExpressionRun Run { get; } = run;

    LiveDictionary Context { get; } = context;

    protected override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);
}
