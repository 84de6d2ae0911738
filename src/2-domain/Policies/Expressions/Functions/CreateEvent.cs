using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Expressions;
using Postern.Kernel.Access;

namespace Postern.Policies.Expressions.Functions;

/// <summary><c>ak_create_event(action, **kwargs)</c>: records an event of a custom action with the arguments as its context.</summary>
sealed class CreateEvent : IExpressionFunction
{
    public string Name => "ak_create_event";

    public async ValueTask<object?> CallAsync(ExpressionRun run, HostCall call)
    {
        var action = call.RequireText(0, "action");
        if (run.Request is { Debug: true })
            return null;
        var context = new JsonObject();
        foreach (var (key, value) in call.Locals.Concat(call.Keywords).Where(v => IsData(v.Value)))
            context[key] = ScriptValue.ToJson(value);
        context.Remove("action");
        var caller = run.Request is { } request ? request.Caller : Caller.System;
        var record = run.Own.GetRequiredService<RecordEvent>();
        record.Add(caller, EventActions.CustomPrefix + action, run.Input.Name, context);
        await run.Db.SaveChangesAsync(call.Cancellation);
        return null;
    }

    // Functions, modules and objects of the host say nothing in a record.
    static bool IsData(object? value) => value is null or bool or string or long or double or ScriptDict or ScriptList or ScriptTuple or ScriptSet;
}
