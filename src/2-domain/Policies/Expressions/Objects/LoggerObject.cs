using Postern.Expressions;
using Postern.Policies.Engine;

namespace Postern.Policies.Expressions.Objects;

/// <summary><c>ak_logger</c>: lines for the log of the evaluation.</summary>
sealed class LoggerObject(ExpressionRun run, TimeProvider clock) : HostObject
{
    const int MostLines = 1000;

    public override string TypeName => "BoundLogger";

    protected override bool TryGetAttribute(string name, out object? value)
    {
        value = name is "debug" or "info" or "warning" or "warn" or "error" or "exception" or "critical" ? new HostFunction(name, Write) : null;
        return value is not null;
    }

    object? Write(HostCall call)
    {
        if (run.Log.Count >= MostLines)
            return null;
        var level = call.Name switch
        {
            "warn" => "warning",
            "exception" => "error",
            var known => known,
        };
        var named = call.Keywords.ToDictionary(k => k.Key, k => (object?)ScriptValue.ToText(k.Value), StringComparer.Ordinal);
        run.Log.Add(new PolicyLog(clock.GetUtcNow(), level, run.Input.Name, ScriptValue.ToText(call.Require(0, "event")), named));
        return null;
    }
}
