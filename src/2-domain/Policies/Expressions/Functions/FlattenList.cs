using Postern.Expressions;

namespace Postern.Policies.Expressions.Functions;

/// <summary><c>list_flatten(value)</c>: the first item of a list, None of an empty one; anything else as it is.</summary>
sealed class FlattenList : IExpressionFunction
{
    public string Name => "list_flatten";

    public ValueTask<object?> CallAsync(ExpressionRun run, HostCall call) => ValueTask.FromResult(call.Require(0, "value") switch
    {
        ScriptList list => list.Count > 0 ? list[0] : null,
        ScriptTuple tuple => tuple.Count > 0 ? tuple[0] : null,
        LiveList live => live.Content.Count > 0 ? live.Content[0] : null,
        var other => other,
    });
}
