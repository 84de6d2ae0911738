using System.Text;
using Postern.Expressions;
using Postern.Policies.Engine;
using Postern.Policies.Expressions.Functions;
using Postern.Policies.Expressions.Imports;
using Postern.Policies.Expressions.Objects;
using Postern.Policies.Expressions.Requests;
using Postern.Policies.Expressions.Showing;

namespace Postern.Policies.Expressions;

/// <summary>Puts together what one expression sees.</summary>
static class ExpressionScope
{
    /// <summary>Raised to leave an object out of a sync.</summary>
    public static readonly ScriptType SkipObject = ScriptType.NewException("SkipObject");

    public static ScriptScope Of(ExpressionRun run, TimeProvider clock, RequestsLibrary requests)
    {
        var scope = new ScriptScope { State = run };
        foreach (var function in run.Catalog.Functions.Where(f => f.IsIn(run.Input.Use)))
            scope.AsyncFunction(function.Name, async call => run.Show(await function.CallAsync(run, call)));
        foreach (var (name, value) in run.Input.Variables)
        {
            if (Identifier(name) is { Length: > 0 } identifier)
                scope.Set(identifier, run.Show(value));
        }
        scope.Set("ak_logger", new LoggerObject(run, clock)).Set("requests", requests.For(run)).Set("SkipObject", SkipObject);
        if (run.Request is { } request)
            AddRequest(scope, run, request);
        return scope.Modules(() => ImportTable.Modules(run.Catalog, run));
    }

    /// <summary>Names every expression of a use sees, for checks.</summary>
    public static IEnumerable<string> Names(ExpressionCatalog catalog, ExpressionUse use)
    {
        string[] common = ["ak_logger", "requests", "SkipObject", "request", "http_request", "user"];
        string[] own = use switch
        {
            ExpressionUse.Policy => ["context", "ak_client_ip", "ak_is_sso_flow"],
            ExpressionUse.Prompt => ["prompt_context"],
            _ => ["provider", "notification"],
        };
        return catalog.Functions.Where(f => f.IsIn(use)).Select(f => f.Name).Concat(common).Concat(own);
    }

    static void AddRequest(ScriptScope scope, ExpressionRun run, PolicyRequest request)
    {
        var context = new LiveDictionary(new ShownDictionary(request.Context, run));
        scope.Set("request", new RequestObject(request, run, context));
        if (request.Http is { } facts)
            scope.Set("http_request", new HttpRequestObject(facts, run));
        if (run.Input.Use is not ExpressionUse.Policy)
        {
            if (!scope.TryGet("user", out _))
                scope.Set("user", UserObject.Of(request.User, run));
            return;
        }
        scope.Set("context", context);
        scope.Set("ak_is_sso_flow", request.Context.TryGetValue("is_sso", out var isSso) && ScriptValue.IsTrue(run.Show(isSso)));
        if ((ClientAddress.OfEvent(request.Obj) ?? request.Http?.ClientIp) is { } address)
            scope.Set("ak_client_ip", run.Show(address));
    }

    /// <summary>A name as a variable: what cannot stand in one is dropped or becomes an underscore.</summary>
    static string Identifier(string name)
    {
        var identifier = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterOrDigit(letter) || letter == '_')
                identifier.Append(letter);
            else if (letter is ':' or '.' or '-')
                identifier.Append('_');
        }
        return identifier.ToString();
    }
}
