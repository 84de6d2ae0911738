using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Expressions;

namespace Postern.Policies.Expressions.Functions;

/// <summary><c>ak_send_email(address, subject, body=None, stage=None, template=None, context=None, cc=None, bcc=None)</c>: queues a mail.</summary>
sealed class SendMail : IExpressionFunction
{
    const int MostAddresses = 100;

    public string Name => "ak_send_email";

    public async ValueTask<object?> CallAsync(ExpressionRun run, HostCall call)
    {
        call.Expect(8, "address", "subject", "body", "stage", "template", "context", "cc", "bcc");
        var body = call.Get(2, "body");
        var template = call.Get(4, "template");
        if (body is not null && template is not null)
            throw Wrong("body and template parameters are mutually exclusive");
        if (body is null && template is null)
            throw Wrong("Either body or template parameter must be provided");
        var mail = new ExpressionMail(Addresses(call.Require(0, "address")), Optional(call, 6, "cc"), Optional(call, 7, "bcc"), call.RequireText(1, "subject"))
        {
            Body = body is null ? null : ScriptValue.ToText(body),
            Template = template as string,
            Stage = Stage(call.Get(3, "stage")),
            Context = Context(call),
            User = run.Request?.User,
        };
        if (run.Request is { Debug: true })
            return true;
        return run.Own.GetService<IExpressionMail>() is { } sender
            ? await sender.SendAsync(mail, call.Cancellation)
            : throw new ScriptException(ExceptionTypes.RuntimeError, "ak_send_email() is not available: this installation cannot send mail yet");
    }

    static List<string> Optional(HostCall call, int place, string name) => call.Get(place, name) is { } value ? Addresses(value) : [];

    static List<string> Addresses(object? value)
    {
        List<object?> items = value switch
        {
            string one => [one],
            ScriptList or ScriptTuple or ScriptSet or LiveList => [.. (IEnumerable<object?>)ScriptValue.ToPlain(value)!],
            _ => throw Wrong("Address must be a string or list of strings"),
        };
        if (items.Count == 0)
            throw Wrong("Address list cannot be empty");
        if (items.Count > MostAddresses)
            throw Wrong($"A mail may go to {MostAddresses} addresses at most");
        return items.TrueForAll(i => i is string) ? [.. items.Cast<string>()] : throw Wrong("Address must be a string or list of strings");
    }

    static JsonObject Context(HostCall call)
    {
        var context = new JsonObject();
        foreach (var (name, value) in call.Locals.Where(l => l.Value is null or bool or string or long or double or ScriptDict or ScriptList))
            context[name] = ScriptValue.ToJson(value);
        if (call.Get(5, "context") is { } given && ScriptValue.ToJson(given) is JsonObject own)
        {
            foreach (var (name, value) in own)
                context[name] = value?.DeepClone();
        }
        return context;
    }

    static string? Stage(object? value) => value is null ? null : (value as Models.ModelObject)?.Key?.ToString() ?? ScriptValue.ToText(value);

    static ScriptException Wrong(string text) => new(ExceptionTypes.ValueError, text);
}
